namespace Winback.Pages;

/// <summary>The style sheet of every page; the colours come before it.</summary>
internal static class PageStyle
{
    public static Html Rules { get; } = new("""
        *, ::before, ::after { box-sizing: border-box; }
        body { margin: 0; padding: clamp(0px, 6vw - 1.5rem, 4.5rem) 0 2rem; background: var(--page); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
        .card { max-width: 34rem; margin: 0 auto; padding: 2.25rem 2.75rem 2.75rem; background: var(--card); border: 1px solid var(--line); border-top: 5px solid var(--accent); border-radius: 10px; }
        header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .25rem 1.5rem; margin: 0 0 1.75rem; }
        .name { margin: 0; font: 1.5rem/1.3 Georgia, 'Times New Roman', serif; color: var(--link); }
        .name img { display: block; height: 40px; max-width: 100%; }
        .language { padding: .3rem 0; font-size: .9375rem; }
        h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.3; text-wrap: balance; }
        p { margin: 0 0 .75rem; text-wrap: pretty; }
        main > :last-child { margin-bottom: 0; }
        a { color: var(--link); text-underline-offset: .15em; }
        .done { display: inline-block; width: 1.5em; margin-right: .5em; border-radius: 50%; background: var(--accent); color: var(--on-accent); font-size: .8em; line-height: 1.5; text-align: center; }
        form { margin: 1.5rem 0 0; }
        fieldset { min-width: 0; margin: 0 0 1.5rem; padding: 0; border: 0; }
        legend { padding: 0; }
        legend, .label { display: block; margin: 0 0 .4rem; font-weight: 600; }
        .hint { margin: -.25rem 0 .5rem; font-size: .9375rem; line-height: 1.5; color: var(--quiet); }
        .field { margin: 0 0 1.5rem; }
        input:not([type=radio]):not([type=checkbox]), textarea { display: block; width: 100%; padding: .7rem .85rem; border: 1px solid var(--field); border-radius: 8px; background: var(--card); color: inherit; font: inherit; }
        textarea { min-height: 7.5rem; resize: vertical; }
        [aria-invalid=true]:not([type=radio]) { border: 2px solid var(--wrong) !important; }
        .problem { margin: 0 0 .5rem; padding-left: .75rem; border-left: 4px solid var(--wrong); color: var(--wrong); font-weight: 600; }
        .choice { display: flex; gap: .85rem; margin: 0 0 .6rem; padding: .8rem 1rem; border: 1px solid var(--field); border-radius: 8px; line-height: 1.45; cursor: pointer; }
        .choice:hover { background: var(--tint); }
        .choice:has(:checked) { border-color: var(--link); background: var(--tint); box-shadow: inset 0 0 0 1px var(--link); }
        .choice:has(:focus-visible) { outline: 3px solid var(--ink); outline-offset: 2px; }
        .choice input { flex: none; width: 1.25rem; height: 1.25rem; margin: .1rem 0 0; accent-color: var(--link); }
        .choice input:focus-visible { outline: none; }
        .choice small { display: block; font-size: .9375rem; color: var(--quiet); }
        .button { display: inline-block; padding: .8rem 1.75rem; border: 1px solid var(--link); border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; line-height: 1.4; text-align: center; text-decoration: none; cursor: pointer; }
        .button:hover { filter: brightness(1.1); }
        a:focus-visible, .button:focus-visible, input:focus-visible, textarea:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
        .actions { margin: 1.5rem 0 0; }
        .panel { margin: 1.5rem 0 0; padding: 1.1rem 1.35rem; border-left: 4px solid var(--accent); border-radius: 0 8px 8px 0; background: var(--tint); }
        .panel > :last-child { margin-bottom: 0; }
        footer { max-width: 34rem; margin: 1.5rem auto 0; padding: 0 1.5rem; font-size: .8125rem; color: var(--quiet); text-align: center; }
        @media (max-width: 38rem) {
          .card { padding: 1.75rem 1.5rem 2rem; border-width: 5px 0 1px; border-radius: 0; }
          .button { width: 100%; }
        }
        @media (forced-colors: active) {
          .choice:has(:checked) { outline: 3px solid Highlight; }
        }

        """);
}
