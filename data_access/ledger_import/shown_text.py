"""Cell text without what cannot be stored or shown: controls, surrogates, turned text."""

from __future__ import annotations

import re

# NUL stops PostgreSQL, lone surrogates break a page, the rest hides or turns text around
# (hardening.md 7, line 20).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def shown(text: str) -> str:
    """The text as people see it; every line break becomes a plain newline."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def unescaped(text: str) -> str:
    """A workbook's own escapes resolved: _x000D_ is a carriage return (ECMA-376, ST_Xstring)."""
    if "_x" not in text:
        return text
    resolved = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Two escapes may be the halves of one character; `shown` drops a half that stays alone.
    return resolved.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def stored_text(text: str) -> str:
    """A workbook's text as people see it; "" where they see nothing."""
    if "_x" in text or not text.isprintable():
        text = shown(unescaped(text))
    return "" if text.isspace() else text
