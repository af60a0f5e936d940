/** Colours by the system's scheme; contrast of text at least 4.5 in both. */
export const DOCS_STYLE = `
:root { --ink: #16191d; --dim: #4a5058; --paper: #ffffff; --panel: #f3f5f7; --line: #cfd5db; --link: #0b57a4; --get: #0b57a4; --post: #17683a; --other: #7a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --dim: #b3bac2; --paper: #14171a; --panel: #1f2327; --line: #3b424a; --link: #8ec2ff; --get: #8ec2ff; --post: #7fd6a0; --other: #f0b27a; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 1rem; max-width: 80rem; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem; background: var(--paper); }
h1 small { font-size: 1rem; color: var(--dim); font-weight: normal; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav h2 { margin: 1rem 0 0.25rem; font-size: 1rem; }
nav a { display: flex; gap: 0.4rem; align-items: baseline; padding: 0.2rem 0; overflow-wrap: anywhere; }
article { margin: 2rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; }
article h3 { margin-top: 0; }
article h4 { margin-bottom: 0; }
.address code { font-size: 1.05rem; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 3.2em; font: 700 0.8rem/1.5 ui-monospace, monospace; color: var(--other); }
.method.get { color: var(--get); }
.method.post { color: var(--post); }
code { font-family: ui-monospace, monospace; font-size: 0.9rem; }
pre { max-height: 28rem; overflow: auto; padding: 0.75rem; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
summary { cursor: pointer; padding: 0.3rem 0; }
.shape { padding-left: 1.2rem; overflow-wrap: anywhere; }
@media (min-width: 64rem) {
  body { display: grid; grid-template-columns: 22rem 1fr; column-gap: 2rem; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding-bottom: 2rem; }
  main { min-width: 0; }
}
@media print { nav, .skip { display: none; } pre { max-height: none; white-space: pre-wrap; } article { break-inside: avoid-page; } }
`;
