"""The one place of CSS. Everything hangs on the classes that Streamlit makes of keys."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.print_style import SHEET as PAPER
from dashboard.parts.print_style import TURNED_ROUND
from dashboard.parts.theme import Palette, palette


def is_dark() -> bool:
    """Whether this viewer looks at the dark appearance."""
    return st.context.theme.type == "dark"


def draw_style() -> None:
    """Draw the style sheet of this viewer's appearance; once at the top of every run."""
    on_paper = f"@media print {{{_variables(palette(False))}{TURNED_ROUND}}}" if is_dark() else ""
    st.html(f"<style>{_variables(palette(is_dark()))}{_SHEET}{PAPER}{on_paper}</style>")


def _variables(colours: Palette) -> str:
    named = {
        "ink": colours.ink,
        "soft": colours.soft_ink,
        "card": colours.card,
        "line": colours.line,
        "brand": colours.brand,
        "link": colours.link,
        "late": colours.red,
        "soon": colours.amber_ink,
        "good": colours.green_ink,
    }
    return ":root{" + "".join(f"--duban-{name}:{value};" for name, value in named.items()) + "}"


_SHEET = r"""
/* st.text is for ledger text: in the page's own face, wrapped, not as code */
[data-testid="stText"] {
  font-family: inherit; white-space: pre-wrap; overflow-wrap: anywhere; color: inherit;
}
/* a cell may hold thirty thousand letters: what stands below it must stay in reach */
@media screen { [data-testid="stText"] { max-height: 24rem; overflow-y: auto; } }

/* frame: the page begins where the navigation does, and uses the width of the screen */
[data-testid="stMainBlockContainer"] { padding: 4.2rem 2rem 2.5rem; }
[data-testid="stHeader"] [data-testid="stToolbar"] { padding-left: 2rem; }
[data-testid="stHeaderLogo"], [data-testid="stSidebarLogo"], [data-testid="stLogo"] {
  height: 2.2rem; max-width: none;
}
.st-key-page_head h1 { padding: 0; font-size: 1.6rem; }
.st-key-page_head [data-testid="stCaptionContainer"] p { margin: 0.35rem 0 0; }
/* Streamlit's own grey is too pale to be read */
[data-testid="stApp"] [data-testid="stCaptionContainer"] { color: var(--duban-soft); opacity: 1; }

/* links that lead on are seen as links, and are large enough for a thumb */
[data-testid="stPageLink"] a { min-height: 2.2rem; }
[data-testid="stMain"] [data-testid="stPageLink"] a p { color: var(--duban-link); }
[data-testid="stMain"] [data-testid="stPageLink"] a p::after {
  content: "\203a"; margin-left: 0.4em;
}
/* a link to the page one is on is a way to other rows, not the place where one stands */
[data-testid="stMain"] [data-testid="stPageLink"] a { background: transparent; }
[data-testid="stMain"] [data-testid="stPageLink"] a p { font-weight: 400; }
[data-testid="stMain"] .st-key-back [data-testid="stPageLink"] a { padding: 0; }
[data-testid="stMain"] .st-key-back [data-testid="stPageLink"] a p::after { content: none; }
.st-key-worklists { gap: 0; }
.st-key-worklists [data-testid="stElementContainer"] { border-bottom: 1px solid var(--duban-line); }
.st-key-worklists [data-testid="stPageLink"] a { min-height: 2.6rem; padding: 0 0.4rem; }
.st-key-worklists [data-testid="stPageLink"] a p { color: var(--duban-ink); font-size: 1rem; }
.st-key-worklists strong {
  display: inline-block; min-width: 2.6em; text-align: right; font-size: 1.15rem;
  font-variant-numeric: tabular-nums;
}

/* the lists of the desk: a line each, its number in a column of its own */
.st-key-desk_lists { gap: 0; }
.st-key-desk_lists [class*="st-key-desk_line_"] { border-bottom: 1px solid var(--duban-line); }
.st-key-desk_lists [class*="st-key-desk_line_"] button {
  justify-content: flex-start; min-height: 2.8rem; padding: 0 0.4rem; text-align: left;
}
.st-key-desk_lists [class*="st-key-desk_line_"] button > div { justify-content: flex-start; }
.st-key-desk_lists strong {
  display: inline-block; min-width: 2.6em; margin-right: 0.6em; text-align: right;
  font-size: 1.15rem; font-variant-numeric: tabular-nums;
}
.st-key-desk_lists [class*="st-key-acts_"] { margin: 0.7rem 0 0.5rem; }
[class*="st-key-acts_"] ~ * [data-testid="stElementToolbar"] { display: none; }

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
  position: relative; flex: 1 0 auto; gap: 0; height: 100%; padding: 0.8rem 0.9rem 0.7rem;
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
[class*="st-key-tile_"] a:focus-visible {
  opacity: 1; background: transparent; outline: 3px solid var(--duban-brand); border-radius: 0.5rem;
}
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

/* 专题: the name of a card is its way in */
[class*="st-key-programme_card_"] [data-testid="stBaseButton-tertiary"] p {
  font-size: 1.15rem; font-weight: 700; color: var(--duban-brand);
}

[class*="st-key-programme_red_"] [data-testid="stPageLink"] a :is(p, span, strong) {
  color: var(--duban-late);
}

/* 口径 of a tile: a word in its corner that opens over the page */
[class*="st-key-tile_"] [data-testid="stElementContainer"] { position: static; }
.duban-about summary {
  position: absolute; top: 0.55rem; right: 0.5rem; z-index: 3;
  padding: 0.1rem 0.3rem; border-radius: 0.25rem; list-style: none; cursor: pointer;
  color: var(--duban-soft); font-size: 0.8rem;
}
.duban-about summary::-webkit-details-marker { display: none; }
.duban-about summary:hover, .duban-about[open] summary { color: var(--duban-link); }
.duban-about summary:focus-visible { outline: 2px solid var(--duban-brand); }
.duban-about > div {
  position: absolute; z-index: 20; top: 2.3rem; left: -1px; width: 21rem; padding: 0.7rem 0.9rem;
  background: var(--duban-card); border: 1px solid var(--duban-line); border-radius: 0.5rem;
  box-shadow: 0 6px 24px rgb(15 30 60 / 0.22); color: var(--duban-ink); font-size: 0.85rem;
}
.st-key-tiles > :nth-last-child(-n + 2) .duban-about > div { left: auto; right: -1px; }
[data-testid="stHtml"] .duban-about p { margin: 0 0 0.35rem; line-height: 1.5; }

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

/* the map's own page: as tall as the screen leaves it, its list beside it */
[class*="st-key-picture_town_map"] { height: clamp(380px, calc(100vh - 20.5rem), 900px); }
.st-key-town_totals, .st-key-town_way { gap: 0.5rem; }
.st-key-ranking { gap: 0; }
.st-key-ranking [data-testid="stElementContainer"] { border-bottom: 1px solid var(--duban-line); }
.st-key-ranking [data-testid="stPageLink"] a { min-height: 2.3rem; padding: 0 0.4rem; }
[data-testid="stMain"] .st-key-ranking [data-testid="stPageLink"] a p { color: var(--duban-ink); }
.st-key-points_town svg g.mark-symbol { pointer-events: auto !important; }
.duban-classes b { font-weight: 600; }

/* key of the lamps: colour, shape and word */
.duban-lamps, .duban-classes {
  display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; font-size: 0.85rem; color: var(--duban-ink);
}
.duban-lamps i {
  display: inline-block; min-width: 1.7em; margin-right: 0.35rem; padding: 0 0.25em;
  border-radius: 3px; font-style: normal; text-align: center;
}
.st-key-item_head .duban-lamps { font-size: 1rem; font-weight: 600; }

/* what floats over a table while it is pointed at would lie on the buttons above this one */
.st-key-list_acts ~ [data-testid="stElementContainer"] [data-testid="stElementToolbar"],
[class*="st-key-items-"] [data-testid="stElementToolbar"] { display: none; }

/* a file that is being made: Streamlit turns the button off and says nothing */
[data-testid="stDownloadButton"] button:disabled p::after { content: "　正在生成……"; }
/* why it was not made stands under the button, which must not grow as wide as the sentence */
[data-testid="stDownloadButtonError"] { max-width: 19rem; }

/* why a file was refused is said below its name: Streamlit tells it under the pointer only */
[data-testid="stFileChips"] > div, [data-testid="stFileChips"] > div > div { max-width: 100%; }
[data-testid="stFileChip"][aria-invalid="true"] {
  flex-wrap: wrap; width: auto; min-width: 0; max-width: 100%; height: auto;
}
[data-testid="stFileChip"] [role="alert"] {
  position: static; clip: auto; width: 100%; height: auto; margin: 0; padding: 0 0.2rem 0.3rem;
  overflow: visible; white-space: normal; font-size: 0.9rem;
}

/* one item: names and values, and what happened */
.duban-pairs {
  display: grid; grid-template-columns: max-content minmax(0, 1fr); font-size: 0.95rem;
}
[data-testid="stHtml"] dl.duban-pairs, [data-testid="stHtml"] ol.duban-story {
  margin: 0; padding: 0;
}
.duban-pairs dt, .duban-pairs dd {
  margin: 0; padding: 0.4rem 0; border-bottom: 1px solid var(--duban-line); color: var(--duban-ink);
}
.duban-pairs dt { padding-right: 1.5rem; color: var(--duban-soft); }
.duban-pairs dd, .duban-story li { overflow-wrap: anywhere; white-space: pre-wrap; }
.duban-terms { display: grid; grid-template-columns: 12rem minmax(0, 1fr); font-size: 0.95rem; }
[data-testid="stHtml"] dl.duban-terms { margin: 0; padding: 0; color: var(--duban-ink); }
.duban-terms dt, .duban-terms dd {
  margin: 0; padding: 0.7rem 0; border-bottom: 1px solid var(--duban-line);
}
.duban-terms dt { padding-right: 1rem; font-weight: 600; }
[data-testid="stHtml"] .duban-terms p { margin: 0; line-height: 1.6; overflow-wrap: anywhere; }
.duban-terms p + p { color: var(--duban-soft); font-size: 0.88rem; }
.duban-story { list-style: none; font-size: 0.95rem; }
.duban-story li {
  margin: 0; padding: 0 0 0.7rem 1rem; border-left: 2px solid var(--duban-line);
  color: var(--duban-ink);
}
.duban-story .when { display: block; color: var(--duban-soft); font-size: 0.85rem; }
.duban-classes i {
  display: inline-block; width: 1.6rem; height: 0.85rem; margin-right: 0.35rem;
  vertical-align: -1px; border: 1px solid var(--duban-line); border-radius: 3px;
}

/* lists are printed as tables of their own, which a screen does not show */
@media screen { [data-testid="stLayoutWrapper"]:has(> .st-key-paper) { display: none; } }

/* 总览: three columns on a wall screen, two and the map below them on a laptop */
.st-key-overview_columns [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
@media screen and (min-width: 641px) {
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(1) { flex: 1 1 54%; }
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(2) { flex: 1 1 38%; }
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(3) { flex: 1 1 100%; }
}
@media screen and (min-width: 1600px) {
  .st-key-overview_columns [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; }
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(1) { flex: 1 1 37%; }
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(2) { flex: 1 1 31%; order: 2; }
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(3) { flex: 1 1 32%; order: 1; }
  .st-key-picture_townships { height: 540px; }
  .st-key-worklists [data-testid="stPageLink"] a { min-height: 2.1rem; }
}

/* a wall screen is read from across the room */
@media (min-width: 1800px) { html { font-size: 17px; } }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4rem 1rem 2rem; }
  [class*="st-key-tile_"] { padding: 0.6rem 0.7rem; }
  .duban-tile .value b { font-size: 1.6rem; }
  .st-key-page_head > :has(.st-key-definitions) { order: 2; }
  .duban-terms { display: block; }
  .duban-terms dt { padding-bottom: 0; border: none; }
  .duban-terms dd { padding-top: 0.2rem; }
  .st-key-page_head > :nth-child(2) { order: 1; flex-basis: 100%; margin-bottom: 0.6rem; }
  /* on a touch screen these never go away, and lie over what stands above the table */
  [data-testid="stDataFrame"] [data-testid="stElementToolbar"],
  [data-testid="stElementToolbar"]:has(+ [data-testid="stDataFrameResizable"]) { display: none; }
  [class*="st-key-picture_town_map"] { height: 112vw; }
  /* what asks for a decision comes before the pictures */
  .st-key-overview_columns [data-testid="stColumn"]:nth-child(2) { order: -1; }
  .duban-about > div {
    position: relative; top: 0; width: auto; margin-top: 0.3rem; box-shadow: none;
  }
}
"""
