// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// The page's style: system fonts, measured lines, light and dark after the reader's setting, and a printed form.
    static let style = """
        :root {
          color-scheme: light dark;
          --ink: light-dark(#1b1f24, #e4e7eb); --soft: light-dark(#57606a, #9aa4af);
          --paper: light-dark(#ffffff, #14171a); --raised: light-dark(#f6f8fa, #1c2126);
          --line: light-dark(#d5dae0, #333a42); --link: light-dark(#0b57b7, #7cb7ff);
          --warn: light-dark(#9a3b00, #ffb077);
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; max-width: 72rem; padding: 1.5rem clamp(1rem, 4vw, 3rem); background: var(--paper);
          color: var(--ink); font: 1rem/1.6 system-ui, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: break-word; }
        h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 2em 0 .5em; }
        h1 { font-size: 2rem; margin-top: .5em; } h2 { font-size: 1.5rem; } h3 { font-size: 1.2rem; } h4 { font-size: 1rem; }
        h5, h6 { font-size: 1rem; margin: 1.5em 0 .5em; }
        p, li { max-width: 46rem; }
        a { color: var(--link); text-underline-offset: .15em; }
        a:focus-visible, summary:focus-visible, input:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        .skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); }
        article { border-top: 2px solid var(--line); margin-top: 4rem; }
        code, pre, .id { font-family: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: .875em; }
        code { background: var(--raised); padding: .1em .3em; border-radius: 3px; overflow-wrap: anywhere; }
        pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem;
          overflow-x: auto; line-height: 1.45; }
        pre code { background: none; padding: 0; overflow-wrap: normal; }
        .wide, .prose { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9375rem; }
        th, td { border-bottom: 1px solid var(--line); padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; }
        thead th { color: var(--soft); font-weight: 600; white-space: nowrap; }
        tbody th { font-weight: 600; min-width: 12rem; }
        ul.plain, ul.inline, ul.cards { list-style: none; margin: 0; padding: 0; }
        ul.inline { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0; }
        ul.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
        ul.cards > li { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 0 1.25rem .25rem; }
        ul.cards h3 { margin-top: 1rem; } ul.plain > li > ul.plain { margin-bottom: .5rem; }
        ol.steps > li { margin: .75rem 0; padding-left: .25rem; }
        blockquote { border-left: 3px solid var(--line); margin: 1rem 0; padding-left: 1rem; color: var(--soft); }
        details { margin: .75rem 0; } summary { cursor: pointer; color: var(--link); }
        .rule { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: .25rem 1.25rem;
          margin: 1rem 0; }
        .rule h4 { margin-top: .75rem; } .rule pre { background: var(--paper); }
        .label { margin: .75rem 0 0; font-weight: 600; font-size: .9375rem; } .label + ul { margin-top: .25rem; }
        .dim { color: var(--soft); font-weight: 400; } .block { display: block; } time, .nowrap { white-space: nowrap; }
        .gap { color: var(--warn); } .gap summary { color: inherit; }
        .proof, .level, .kind { display: inline-block; border: 1px solid currentColor; border-radius: 4px; padding: 0 .4em;
          font-size: .8125rem; font-weight: 600; white-space: nowrap; }
        .p0 { color: var(--soft); } .p1 { color: light-dark(#1f6391, #8fc1ea); } .p2 { color: light-dark(#0b57b7, #7cb7ff); }
        .p3, .p4, .p5 { color: light-dark(#1a6b33, #6fd08c); }
        .critical, .high { color: light-dark(#a11220, #ff9a9a); } .medium { color: light-dark(#8a4b00, #f5bd6b); }
        .low, .informational { color: var(--soft); }
        .attack { color: light-dark(#a11220, #ff9a9a); } .benign { color: light-dark(#1a6b33, #6fd08c); }
        .miss { color: light-dark(#8a4b00, #f5bd6b); }
        input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px;
          padding: .35rem .6rem; width: min(100%, 22rem); }
        footer { border-top: 2px solid var(--line); margin-top: 4rem; color: var(--soft); font-size: .875rem; }
        :target { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 4px; }
        [hidden] { display: none !important; }
        @media (max-width: 40rem) {
          body { padding: 1rem; } h1 { font-size: 1.6rem; }
          .rule, ul.cards > li { padding-left: .9rem; padding-right: .9rem; }
          tbody th { min-width: 9rem; }
          .stack thead { display: none; } .stack tr, .stack th, .stack td { display: block; }
          .stack tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
          .stack th, .stack td { border: 0; padding: .15rem 0; }
          .stack td[data-head]::before { content: attr(data-head); display: block; color: var(--soft); font-size: .8125rem; }
          .stack td:empty { display: none; }
        }
        @media print {
          :root { color-scheme: light; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, .skip, #filter, summary { display: none !important; }
          details::details-content { content-visibility: visible; block-size: auto; }
          article { break-before: page; border: 0; } .rule, tr, li { break-inside: avoid; } pre { white-space: pre-wrap; }
          h2, h3, h4 { break-after: avoid; } a { color: inherit; text-decoration: none; }
        }
        """
}
