// Looks at pages as customers do. Reads what to look at from standard input, says what it found on standard output:
// { browser, pictures, pages: [{ name, url, post: { field: value } | null, picture }], forms: [{ url, keys: [...], says }] } -> { violations: [...], problems: [...] }
const { readFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const sizes = [{ name: 'desktop', width: 800, height: 900 }, { name: 'phone', width: 390, height: 844 }];
const schemes = ['light', 'dark'];

async function open(page, { url, post }) {
  await page.goto(url);
  if (!post) return;
  for (const [name, value] of Object.entries(post)) {
    const field = page.locator(`[name="${name}"]`);
    if ((await field.first().getAttribute('type')) === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  await page.locator('button[type=submit]').click();
}

async function check(page, where, isDark, found) {
  await page.evaluate(axe);
  // Of all that is looked for only the contrast can differ in the dark.
  const runOnly = isDark ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: rules };
  const result = await page.evaluate(options => axe.run(document, options), { runOnly, resultTypes: ['violations'] });
  if (result.passes.length === 0) found.problems.push(`${where}: nothing was checked`);
  for (const v of result.violations) found.violations.push(`${where}: ${v.id} (${v.help}) at ${v.nodes.map(n => n.target.join(' ')).join('; ')}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) found.problems.push(`${where}: it is wider than the window`);
}

// One page, light and dark, desktop and phone, side by side in one picture.
async function look(browser, task, one, found) {
  const shots = [];
  for (const colorScheme of schemes) {
    const context = await browser.newContext({ colorScheme, viewport: sizes[0] });
    const page = await context.newPage();
    await open(page, one);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await check(page, `${one.name}, ${colorScheme}, ${size.name}`, colorScheme === 'dark', found);
      if (one.picture) shots.push({ width: size.width, data: (await page.screenshot()).toString('base64') });
    }
    await context.close();
  }
  if (!one.picture) return;
  const sheet = await browser.newPage({ viewport: { width: 2410, height: 920 } });
  await sheet.setContent(`<body style="margin:10px;display:flex;gap:10px;align-items:start;background:#888">${shots.map(s => `<img width="${s.width}" src="data:image/png;base64,${s.data}">`).join('')}`);
  await sheet.screenshot({ path: join(task.pictures, `${one.name}.png`) });
  await sheet.close();
}

// By keyboard alone, with scripts off.
async function type(browser, form, found) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(form.url);
  for (const key of form.keys) {
    if (key.text) await page.keyboard.type(key.text);
    else await page.keyboard.press(key.press);
  }
  try {
    await page.getByRole('heading', { level: 1, name: form.says }).waitFor({ timeout: 10000 });
  } catch {
    found.problems.push(`${form.url}, by keyboard: no heading "${form.says}" but "${await page.locator('h1').textContent()}"`);
  }
  await context.close();
}

(async () => {
  const task = JSON.parse(readFileSync(0, 'utf8'));
  mkdirSync(task.pictures, { recursive: true });
  const found = { violations: [], problems: [] };
  const browser = await chromium.launch({ executablePath: task.browser, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'] });
  try {
    // Two at a time.
    const rest = [...task.pages];
    await Promise.all([1, 2].map(async () => { for (let one; (one = rest.shift());) await look(browser, task, one, found); }));
    for (const form of task.forms) await type(browser, form, found);
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(found));
})().catch(e => { console.error(e); process.exit(1); });
