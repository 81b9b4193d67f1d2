"""The appearance of this viewer. The style sheets are static/pages.css and static/paper.css.

They come with the document (dashboard/web_frame.py): drawn by the page's script they would come
after its words, and everything would jump.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts.theme import Palette, palette


def is_dark() -> bool:
    """Whether this viewer looks at the dark appearance."""
    return st.context.theme.type == "dark"


def is_phone() -> bool:
    """Whether a phone asks. Only for what no style sheet can fit: pages are the same for all."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def draw_style() -> None:
    """Draw the colours of this viewer's appearance; once at the top of every run."""
    on_paper = f"@media print {{{_variables(palette(False))}{_TURNED_ROUND}}}" if is_dark() else ""
    st.html(f"<style>{_variables(palette(is_dark()))}{on_paper}</style>")


def first_colours() -> str:
    """The colours until the page's script says whose appearance it is: as the machine is set."""
    at_night = f"@media screen and (prefers-color-scheme: dark){{{_variables(palette(True))}}}"
    return _variables(palette(False)) + at_night


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


# Charts, tables and the keys beside them are drawn dark before the printer is known: on paper
# they are turned round, hues kept, and all else takes the light appearance. (A filter over the
# whole page ends with the first sheet.)
_TURNED_ROUND = r"""
  html, body, [data-testid="stApp"], [data-testid="stApp"] details,
  [data-testid="stApp"] summary { background: #fff !important; }
  [data-testid="stApp"], [data-testid="stMain"] :is(
    h1, h2, h3, p, strong, label, summary, input, [data-testid="stText"], [data-testid="stText"] *
  ) { color: var(--duban-ink) !important; }
  [data-testid="stVegaLiteChart"], [data-testid="stDataFrame"], .duban-lamps i, .duban-classes i {
    filter: invert(1) hue-rotate(180deg);
  }
"""
