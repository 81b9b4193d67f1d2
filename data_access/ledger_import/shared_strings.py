"""The shared strings of a workbook, in their order, as the file writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data_access.ledger_import.part_xml import Parser, resolved
from data_access.ledger_import.shown_text import stored_text

# The plain form, which nearly all strings have; whatever else stands there goes to the parser.
_PLAIN = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>\s*')
_LONGEST_WAIT = 1 << 22


def shared_strings(blocks: Iterable[str]) -> list[str]:
    """Every string as `stored_text` leaves it, rich text joined, phonetic text dropped.

    Raises LedgerRefused when the part is not well-formed.
    """
    reader = _Reader()
    for block in blocks:
        reader.take(block)
    return reader.finished()


class _Reader:
    def __init__(self) -> None:
        self._strings: list[str] = []
        self._parser = Parser(start=self._start, end=self._end, characters=self._characters)
        self._pieces: list[str] = []
        self._collecting = False
        self._phonetic = 0
        self._waiting = ""
        self._plain = True

    def take(self, block: str) -> None:
        if not self._plain:
            self._parser.feed(block)
            return
        self._waiting += block
        # Comments and CDATA may hold what looks like a string: from there on, all is parsed.
        if self._strings and ("<!" in self._waiting or "<?" in self._waiting):
            self._stop_being_plain()
            return
        end = self._waiting.rfind("</si>") + 5
        if end < 5:
            if len(self._waiting) > _LONGEST_WAIT:
                self._stop_being_plain()
            return
        whole, self._waiting = self._waiting[:end], self._waiting[end:]
        if not self._strings:
            whole = self._begun(whole)
        self._split(whole)

    def _begun(self, whole: str) -> str:
        """Parse up to the first string; what is left is strings alone."""
        first = whole.find("<si>")
        if first < 0 or "<!" in whole or "<?" in whole[5:]:
            self._waiting = whole + self._waiting
            self._stop_being_plain()
            return ""
        self._parser.feed(whole[:first])
        return whole[first:]

    def _split(self, whole: str) -> None:
        parts = _PLAIN.split(whole)
        if not any(parts[::2]):
            texts = parts[1::2]
            self._strings += map(resolved, texts) if "&" in whole else texts
            return
        for place, part in enumerate(parts):
            if place % 2:
                self._strings.append(resolved(part) if "&" in part else part)
            else:
                self._parser.feed(part)

    def _stop_being_plain(self) -> None:
        self._plain = False
        self._parser.feed(self._waiting)
        self._waiting = ""

    def finished(self) -> list[str]:
        self._parser.feed(self._waiting)
        self._parser.close()
        return list(map(stored_text, self._strings))

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic += 1
        elif name == "t":
            self._collecting = not self._phonetic

    def _characters(self, text: str) -> None:
        if self._collecting:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        if name == "t":
            self._collecting = False
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            self._strings.append("".join(self._pieces))
