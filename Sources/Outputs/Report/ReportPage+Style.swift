// SPDX-License-Identifier: Apache-2.0

extension ReportPage {
    /// What the report adds to the style of the catalogue.
    static let style = """
        .levels { display: flex; flex-wrap: wrap; gap: .5rem; }
        .note { border-left: 3px solid var(--warn); padding-left: 1rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        thead .number { padding-right: .75rem; } .rules td, .rules th { padding-top: .3rem; padding-bottom: .3rem; }
        .rules tbody th { font-weight: 400; min-width: 14rem; } .rules time { font-size: .875rem; }
        .rules .group th { font-weight: 600; padding-top: 1.25rem; } .hosts { overflow-wrap: anywhere; min-width: 6rem; }
        .histogram { margin: 1rem 0; } .histogram figcaption { color: var(--soft); font-size: .875rem; }
        .histogram svg { display: block; width: 100%; height: 9rem; border-bottom: 1px solid var(--soft); }
        .histogram rect { fill: currentColor; } .histogram .ends { display: flex; justify-content: space-between; }
        ul.cards.names { grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
        .names li li { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; padding: .15rem 0; }
        .names .name { overflow-wrap: anywhere; } .names .plain { margin-bottom: .75rem; }
        .host > summary { font-weight: 600; color: inherit; }
        .tree, .tree ul { list-style: none; margin: 0; padding: 0; }
        .tree ul { margin-left: .5rem; padding-left: .9rem; border-left: 1px solid var(--line); }
        .tree li { max-width: none; padding: .15rem 0; } .tree .program { font-weight: 600; overflow-wrap: anywhere; }
        .tree .command { display: block; } .tree a.level { text-decoration: none; white-space: normal; }
        .alert { border: 1px solid var(--line); border-left: 4px solid currentColor; border-radius: 8px; margin: .75rem 0;
          padding: 0 1.25rem; color: inherit; background: var(--raised); }
        .alert.critical, .alert.high { border-left-color: light-dark(#a11220, #ff9a9a); }
        .alert.medium { border-left-color: light-dark(#8a4b00, #f5bd6b); }
        .alert.low, .alert.informational { border-left-color: var(--soft); }
        .alert.critical, .alert.high, .alert.medium, .alert.low, .alert.informational { color: var(--ink); }
        .alert > summary { color: var(--ink); padding: .7rem 0; overflow-wrap: anywhere; }
        .alert > summary .title { font-weight: 600; }
        .alert[open] > summary { border-bottom: 1px solid var(--line); margin-bottom: .75rem; }
        .alert > :last-child { margin-bottom: 1rem; }
        .alert pre, .alert code { background: var(--paper); } .alert pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        .alert .steps { padding-left: 1.5rem; } .alert .steps p { margin: .25rem 0; }
        .facts, .fields { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; margin: .5rem 0; }
        .facts dt, .fields dt { color: var(--soft); } .facts dd, .fields dd { margin: 0; overflow-wrap: anywhere; }
        .fields { font: .875em/1.5 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; }
        .fields dt, .fields dd { min-width: 0; } .fields dd { grid-column: 2; white-space: pre-wrap; }
        .why { padding-left: 1.25rem; } .why li { max-width: none; overflow-wrap: anywhere; }
        .text { white-space: pre-line; }
        .field { margin: .5rem 0 0; color: var(--soft); } .differing li { max-width: none; overflow-wrap: anywhere; }
        .differing .count { display: inline-block; min-width: 3rem; font-variant-numeric: tabular-nums; }
        .facts details { margin: .25rem 0; }
        .event { border-top: 1px solid var(--line); padding: .25rem 0; } .place { margin: .25rem 0; overflow-wrap: anywhere; }
        mark { background: light-dark(#ffe08a, #6b5200); color: inherit; border-radius: 2px; }
        @media (max-width: 40rem) {
          .facts, .fields { grid-template-columns: minmax(0, 1fr); gap: 0; } .fields dd { grid-column: 1; }
          .facts dd, .fields dd { margin-bottom: .4rem; } .alert { padding: 0 .9rem; }
          .stack .number { text-align: left; } .stack .group th { padding-top: 1rem; }
          .stack.wide .rules tr { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
          .stack .rules th, .stack .rules td:not([data-head]) { flex: 0 0 100%; }
          .stack .rules td[data-head="Hosts"] { flex: 1 0 40%; }
          .histogram svg { height: 6rem; }
        }
        @media print {
          .alert > summary, .host > summary { display: block !important; } .alert { break-inside: auto; }
          .alert .event, .facts { break-inside: avoid; } .histogram rect { print-color-adjust: exact; }
        }
        """
}
