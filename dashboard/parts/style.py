"""The one place of CSS. Everything hangs on the classes that Streamlit makes of keys."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.theme import Palette, palette


def is_dark() -> bool:
    """Whether this viewer looks at the dark appearance."""
    return st.context.theme.type == "dark"


def draw_style() -> None:
    """Draw the style sheet of this viewer's appearance; once at the top of every run."""
    st.html(f"<style>{_variables(palette(is_dark()))}{_SHEET}</style>")


def _variables(colours: Palette) -> str:
    named = {
        "ink": colours.ink,
        "soft": colours.soft_ink,
        "card": colours.card,
        "line": colours.line,
        "brand": colours.brand,
        "late": colours.red,
        "soon": colours.amber_ink,
        "good": colours.green,
    }
    return ":root{" + "".join(f"--duban-{name}:{value};" for name, value in named.items()) + "}"


_SHEET = """
/* st.text is for ledger text: in the page's own face, wrapped, not as code */
[data-testid="stText"] {
  font-family: inherit; white-space: pre-wrap; overflow-wrap: anywhere; color: inherit;
}
.st-key-page_name { gap: 0.1rem; }
.st-key-page_name h1 { padding: 0; }

/* headline: the conclusion over a chart */
[class*="st-key-headline_"] { gap: 0; }
[class*="st-key-headline_"] [data-testid="stElementContainer"]:first-child [data-testid="stText"] {
  font-size: 1.1rem; font-weight: 700; line-height: 1.45;
}
[class*="st-key-headline_"] [data-testid="stElementContainer"]:nth-child(2) [data-testid="stText"] {
  font-size: 0.85rem; color: var(--duban-soft);
}

/* number tiles: the link lies over the whole tile */
[class*="st-key-tile_"] {
  position: relative; flex: 1 0 auto; gap: 0; padding: 0.8rem 0.9rem 0.7rem;
  background: var(--duban-card); border: 1px solid var(--duban-line);
  border-left: 4px solid var(--duban-brand); border-radius: 0.5rem;
  transition: border-color 120ms, box-shadow 120ms;
}
[class*="st-key-tile_late_"] { border-left-color: var(--duban-late); }
[class*="st-key-tile_"]:hover, [class*="st-key-tile_"]:focus-within {
  border-color: var(--duban-brand); box-shadow: 0 2px 10px rgb(15 30 60 / 0.14);
}
[class*="st-key-tile_late_"]:hover { border-color: var(--duban-late); }
[class*="st-key-tile_"] [data-testid="stPageLink"] { position: static; }
[class*="st-key-tile_"] div:has(> [data-testid="stPageLink"]) { position: static; }
[class*="st-key-tile_"] a { position: absolute; inset: 0; opacity: 0; z-index: 2; }
[class*="st-key-tile_"] a:focus-visible { opacity: 1; background: transparent; }
[class*="st-key-tile_"] a:focus-visible * { visibility: hidden; }
.duban-tile { padding-bottom: 0.65rem; line-height: 1.35; color: var(--duban-ink); }
.duban-tile .label { color: var(--duban-soft); font-size: 0.93rem; white-space: nowrap; }
.duban-tile .value { font-variant-numeric: tabular-nums; white-space: nowrap; }
.duban-tile .value b { font-size: 1.95rem; font-weight: 700; line-height: 1.2; }
.duban-tile .value .unit { color: var(--duban-soft); font-size: 0.93rem; margin-left: 0.2rem; }
.duban-tile .late b { color: var(--duban-late); }
.duban-tile .small { color: var(--duban-soft); font-size: 0.8rem; }
.duban-tile .small.worse { color: var(--duban-soon); }
.duban-tile .small.late { color: var(--duban-late); }
.duban-tile .small.better { color: var(--duban-good); }

/* a chart's data view and definition speak the language of its fields, not of its readers */
[data-testid="stElementToolbar"] button:is(
  [aria-label^="Show data"], [aria-label^="查看数据"],
  [aria-label^="Copy Vega"], [aria-label^="复制图"]
) { display: none; }

/* words and outlines lie over bars and tiles: pointing and clicking must go through them */
[data-testid="stVegaLiteChart"] svg g.mark-text, [data-testid="stVegaLiteChart"] svg g.mark-symbol,
[class*="st-key-picture_"] svg g.layer_1_marks { pointer-events: none; }

/* the honeycomb keeps its shape on a phone instead of floating in a tall box */
[class*="st-key-picture_"] { flex: none; height: min(620px, 112vw); }

/* key of the lamps: colour, shape and word */
.duban-lamps, .duban-classes {
  display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; font-size: 0.85rem; color: var(--duban-ink);
}
.duban-lamps i { font-style: normal; margin-right: 0.3rem; }
.duban-classes i {
  display: inline-block; width: 1.6rem; height: 0.85rem; margin-right: 0.35rem;
  vertical-align: -1px; border: 1px solid var(--duban-line); border-radius: 3px;
}

@media (max-width: 640px) {
  [class*="st-key-tile_"] { padding: 0.6rem 0.7rem; }
  .duban-tile .value b { font-size: 1.6rem; }
}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"] { display: none; }
}
"""
