"""The style sheet of paper: what is printed, in what order, and what stays on the screen."""

from __future__ import annotations

SHEET = r"""
@media print {
  @page { size: A4 landscape; margin: 10mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stElementToolbar"], [data-testid="stMain"] button,
  .st-key-filters, .st-key-views, .st-key-definitions, .duban-about,
  [data-testid="stFileUploader"] { display: none !important; }
  [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static; height: auto; overflow: visible;
  }
  /* tables are pictures of the screen's width: the sheet is made as wide as a laptop's screen */
  [data-testid="stMainBlockContainer"] { padding: 0; zoom: 0.76; }
  /* so that what stands below the tiles begins on the first sheet */
  .st-key-overview_columns [class*="st-key-picture_"] { height: 380px; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) {
    display: flex !important; flex-wrap: nowrap;
  }
  [data-testid="stColumn"] { min-width: 0; }
  [class*="st-key-tile_"], [class*="st-key-headline_"], [data-testid="stVegaLiteChart"],
  .st-key-overview_columns [data-testid="stDataFrame"], .duban-pairs dt, .duban-lamps,
  .duban-story li { break-inside: avoid; }
  [class*="st-key-promises_of_"] { break-inside: avoid; }
  [class*="st-key-headline_"], [data-testid="stHeading"], .duban-lamps { break-after: avoid; }
  [data-testid="stVegaLiteChart"] svg { max-width: 100%; height: auto; }
  [class*="st-key-picture_town_map"] { height: 620px; }
  .st-key-list_tools, .st-key-list_acts, .st-key-list_pages,
  [data-testid="stMain"]:has(.duban-paper) [data-testid="stElementContainer"]:has(
    [data-testid="stDataFrame"]
  ) { display: none !important; }
  .duban-paper { width: 100%; border-collapse: collapse; font-size: 0.86rem; line-height: 1.35; }
  .duban-paper th, .duban-paper td {
    padding: 0.28rem 0.45rem; border: 1px solid var(--duban-line); text-align: left;
    vertical-align: top; white-space: nowrap; color: var(--duban-ink);
    font-variant-numeric: tabular-nums;
  }
  .duban-paper th { background: #eff2f5; font-weight: 600; }
  .duban-paper td.wide { white-space: normal; overflow-wrap: anywhere; }
  .duban-paper tr { break-inside: avoid; }
  .duban-paper-told { margin: 0 0 0.5rem; font-size: 0.9rem; color: var(--duban-soft); }
  .duban-paper-told span { margin-right: 1.5em; }
}
"""

# Charts, tables and the keys beside them are drawn dark before the printer is known: on paper
# they are turned round, hues kept, and all else takes the light appearance. (A filter over the
# whole page ends with the first sheet.)
TURNED_ROUND = r"""
  html, body, [data-testid="stApp"], [data-testid="stApp"] details,
  [data-testid="stApp"] summary { background: #fff !important; }
  [data-testid="stApp"], [data-testid="stMain"] :is(
    h1, h2, h3, p, strong, label, summary, input, [data-testid="stText"], [data-testid="stText"] *
  ) { color: var(--duban-ink) !important; }
  [data-testid="stVegaLiteChart"], [data-testid="stDataFrame"], .duban-lamps i, .duban-classes i {
    filter: invert(1) hue-rotate(180deg);
  }
"""
