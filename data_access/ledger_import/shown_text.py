"""Cell text without what cannot be stored or shown: controls, surrogates, turned text."""

from __future__ import annotations

import re

# NUL stops PostgreSQL, lone surrogates break a page, the rest hides or turns text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def shown(text: str) -> str:
    """The text as people see it; line breaks become plain newlines."""
    if text.isprintable() and "_x" not in text:
        return text
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
