// Looks at pages as customers do. Reads what to look at from standard input, says what it found on standard output:
// { browser, pictures, rounds: [{ pages: [{ name, url, html, post: { field: value } | null, has, picture }], forms: [{ url, keys: [...], says }] }] }
// -> { violations: [...], problems: [...] }
const { readFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const sizes = [{ name: 'desktop', width: 800, height: 900 }, { name: 'phone', width: 390, height: 844 }];
const schemes = ['light', 'dark'];

// Two cores, and something to do while the app is asked.
const atOnce = 3;

async function open(page, { url, html, post }) {
  if (html) return page.setContent(html);
  await page.goto(url);
  if (!post) return;
  for (const [name, value] of Object.entries(post)) {
    const field = page.locator(`[name="${name}"]`);
    const type = await field.first().getAttribute('type');
    if (type === 'radio' || type === 'checkbox') await page.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  await Promise.all([page.waitForNavigation(), page.locator('button[type=submit]').click()]);
}

async function check(page, where, isDark, found) {
  // Of all that is looked for only the contrast can differ in the dark.
  const runOnly = isDark ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: rules };
  const result = await page.evaluate(options => axe.run(document, options), { runOnly, resultTypes: ['violations'] });
  if (result.passes.length === 0) found.problems.push(`${where}: nothing was checked`);
  for (const v of result.violations) found.violations.push(`${where}: ${v.id} (${v.help}) at ${v.nodes.map(n => n.target.join(' ')).join('; ')}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) found.problems.push(`${where}: it is wider than the window`);
}

// One page, light and dark, desktop and phone, side by side in one picture. It is opened once: what differs is told to it. The colours are the same in
// both languages, so in the dark the one that eyes see is enough.
async function look(browser, task, one, found) {
  const shots = [];
  const context = await browser.newContext({ viewport: sizes[0] });
  const page = await context.newPage();
  await open(page, one);
  if (one.has && await page.locator(one.has).count() === 0) found.problems.push(`${one.name}: it has no ${one.has}`);
  await page.evaluate(axe);
  for (const colorScheme of one.picture ? schemes : ['light']) {
    await page.emulateMedia({ colorScheme });
    for (const size of sizes) {
      await page.setViewportSize(size);
      await check(page, `${one.name}, ${colorScheme}, ${size.name}`, colorScheme === 'dark', found);
      if (one.picture) shots.push({ width: size.width, data: (await page.screenshot()).toString('base64') });
    }
  }
  if (one.picture) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 2410, height: 920 });
    await page.goto('about:blank');
    await page.setContent(`<body style="margin:10px;display:flex;gap:10px;align-items:start;background:#888">${shots.map(s => `<img width="${s.width}" src="data:image/png;base64,${s.data}">`).join('')}`);
    await page.screenshot({ path: join(task.pictures, `${one.name}.png`) });
  }
  await context.close();
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
    for (const { pages, forms } of task.rounds) {
      const rest = [...pages.map(one => () => look(browser, task, one, found)), ...forms.map(form => () => type(browser, form, found))];
      await Promise.all(Array.from({ length: atOnce }, async () => { for (let next; (next = rest.shift());) await next(); }));
    }
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(found));
})().catch(e => { console.error(e); process.exit(1); });
