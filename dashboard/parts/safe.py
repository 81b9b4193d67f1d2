"""Text from ledgers on a page: shown exactly as it is, never as Markdown, HTML or a link.

Streamlit reads labels, titles, captions, metrics, `st.table` and messages as Markdown (an
image in a ledger cell would call another server). Use, in this order: `st.dataframe`, `plain`,
`option` for the entries of select boxes, and `label` only where a widget takes nothing but
Markdown.
"""

from __future__ import annotations

import re
from functools import lru_cache

import streamlit as st

# A select box draws its open list as Markdown and the chosen entry as it is: an escape would
# be seen in one of the two. Full-width signs read as themselves in both.
_FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}
# Controls, lone surrogates (they break the page for everyone), and what turns text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Emoji names, icons, arrows and bare addresses are looked for after the escapes are gone, so
# an invisible word joiner stands where such a thing would have to be in one piece.
_JOINED = re.compile(r"([:@.>-]|(?<=[wW]{2})[wW])")


def clean(text: object) -> str:
    """The text without characters that cannot be shown; None is the empty text."""
    told = "" if text is None else str(text)
    # Nearly every text is printable, and what is holds none of those signs.
    return told if told.isprintable() else _UNSEEN.sub("", told)


def plain(text: object) -> None:
    """Draw ledger text as it is; line breaks are kept."""
    st.text(clean(text))


def label(text: object) -> str:
    """Ledger text for a place that reads Markdown (labels, options, captions): reads as itself."""
    one_line = " ".join(clean(text).split())
    return _JOINED.sub("\\1\u2060", _PUNCTUATION.sub(r"\\\1", one_line))


def option(text: object) -> str:
    """Ledger text as one entry of a select box; ASCII signs become full-width ones."""
    return _option(clean(text))


@lru_cache(maxsize=4096)
def _option(text: str) -> str:
    """Remembered: the boxes of the filters offer the same few hundred names at every rerun."""
    return " ".join(text.split()).translate(_FULL_WIDTH)
