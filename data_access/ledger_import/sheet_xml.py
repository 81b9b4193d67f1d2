"""Reads one worksheet as it streams by: values with their true places, merges, what is hidden.

Nearly all rows have one plain form. Such a row is taken apart by a pattern that must match it
from end to end; everything else - and everything around the rows - goes through a hardened
parser, whose handlers know every form. So the pattern makes plain files fast and decides
nothing: the tests hold both ways against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from data_access.ledger_import.part_xml import Parser, resolved
from data_access.ledger_import.sheet_handlers import LAST_ROW, LETTERS, PLACES, SheetHandlers
from data_access.ledger_import.wire import CellWriter
from data_access.ledger_import.xlsx_cells import CellReader

_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*+>'
    r"(?:(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>[^<]*+</v></c>"
    r'|<is><t(?: xml:space="preserve")?>[^<]*+</t></is></c>)?)'
)
"""Column, row, and all the rest of the cell, which tells its value: cells with an equal rest
have equal values."""
_V, _T, _T_PRESERVED = "<v>", "<is><t>", '<is><t xml:space="preserve">'
_V_END, _T_END = -len("</v></c>"), -len("</t></is></c>")
_WIDTH = 4
_BLANK_CELLS = re.compile(r"(?:<c [^<>]*/>)*")
_ATTRIBUTE = re.compile(r'\s+([A-Za-z_][\w:.-]*)="([^"<>&]*)"')
_ATTRIBUTES = re.compile(r'(?:\s+[A-Za-z_][\w:.-]*="[^"<>&]*")*\s*')
_NUMBER = re.compile(r' r="([0-9]{1,7})"')
_MAY_HIDE = re.compile(r' (?:hidden="(?!(?:0|false)")|ht="0)')
_LONGEST_ROW = 1 << 23


class _NotPlain(Exception):
    """The row has a form that the pattern does not know."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What the attributes of a cell say; many cells have the same."""

    kind: str
    style: str
    closed: bool
    inline: bool
    percent: bool


class SheetReader:
    """Feeds the rows of one worksheet to a writer."""

    def __init__(self, cells: CellReader, writer: CellWriter) -> None:
        self._cells, self._writer = cells, writer
        self._memo, self._keep = writer.memo, writer.keep
        self._handlers = SheetHandlers(cells, writer)
        self._parser = Parser(
            start=self._handlers.start,
            end=self._handlers.end,
            characters=self._handlers.characters,
        )
        self._styles: dict[str, _Style] = {}
        self._waiting = ""
        self._plain = True
        self._rows_begun = False

    def read(self, blocks: Iterable[str]) -> None:
        """The whole sheet, a block at a time; LedgerRefused for what cannot be read rightly."""
        for block in blocks:
            self._take(block)
        self._parser.feed(self._waiting)
        self._parser.close()
        self._handlers.finish()

    def _take(self, block: str) -> None:
        if not self._plain:
            self._parser.feed(block)
            return
        self._waiting += block
        if not self._rows_begun and not self._begin_rows():
            return
        place = self._take_rows()
        self._waiting = self._waiting[place:]
        if not self._plain or len(self._waiting) > _LONGEST_ROW:
            self._stop_being_plain()

    def _stop_being_plain(self) -> None:
        self._plain = False
        text, self._waiting = self._waiting, ""
        self._parser.feed(text)

    def _begin_rows(self) -> bool:
        """Parse all before the first row; False while it has not come."""
        place = self._waiting.find("<sheetData>")
        if place < 0:
            if len(self._waiting) > _LONGEST_ROW or "<!" in self._waiting:
                self._stop_being_plain()
            return False
        head, self._waiting = self._waiting[: place + 11], self._waiting[place + 11 :]
        self._parser.feed(head)
        # In a comment, what looks like rows is none.
        self._plain = "<!" not in head and "<?" not in head[5:]
        self._rows_begun = True
        return True

    def _take_rows(self) -> int:
        """How far the waiting text was taken; not plain any more where something else begins."""
        text, place = self._waiting, 0
        find, starts = text.find, text.startswith
        while self._plain:
            if not starts("<row", place):
                if len(text) - place > 4 and not text[place].isspace():
                    self._plain = False
                elif text[place : place + 1].isspace():
                    place += 1
                    continue
                return place
            opened = find(">", place)
            if opened < 0:
                return place
            if text[opened - 1] == "/":
                end = opened + 1
            else:
                closed = find("</row>", opened)
                if closed < 0:
                    return place
                end = closed + 6
            try:
                self._plain_row(text[place + 4 : opened], text[opened + 1 : end - 6])
            except _NotPlain:
                row = text[place:end]
                if "<!" in row or "<?" in row:
                    self._plain = False
                    return place
                self._parser.feed(row)
            place = end
        return place

    def _plain_row(self, attributes: str, body: str) -> None:
        number = _NUMBER.search(attributes)
        if number is None or not _ATTRIBUTES.fullmatch(attributes.removesuffix("/")):
            raise _NotPlain
        if _MAY_HIDE.search(attributes):
            raise _NotPlain
        row = int(number[1])
        if "<v" not in body and _BLANK_CELLS.fullmatch(body):
            self._handlers.row = row
            return
        parts = _CELL.split(body)
        if any(parts[::_WIDTH]):
            raise _NotPlain
        columns = parts[1::_WIDTH]
        if parts[2::_WIDTH].count(number[1]) != len(columns) or not 0 < row <= LAST_ROW:
            raise _NotPlain
        rests = parts[3::_WIDTH]
        found = list(map(self._memo.get, rests))
        places = [
            self._plain_cell(rest) if place is None else place
            for rest, place in zip(rests, found, strict=True)
        ]
        if columns != LETTERS[: len(columns)]:
            places = self._spread(columns, places)
        self._handlers.wrote(row, places)

    def _spread(self, columns: list[str], places: list[int]) -> list[int]:
        """Blanks put where cells are missing; columns must go up."""
        found = [PLACES.get(letters, -1) for letters in columns]
        if any(a >= b for a, b in zip([-1, *found], found, strict=False)):
            raise _NotPlain
        while places and not places[-1]:
            places.pop()
            found.pop()
        spread = [0] * (found[-1] + 1 if found else 0)
        for column, place in zip(found, places, strict=True):
            spread[column] = place
        return spread

    def _plain_cell(self, rest: str) -> int:
        # The pattern has left few forms, which the beginning of the content tells apart.
        attributes, _, content = rest.partition(">")
        style = self._styles.get(attributes) or self._style(attributes)
        text: str | None = None
        inline = formula = False
        if content.startswith(_V):
            text = content[len(_V) : _V_END]
        elif content.startswith(_T):
            text, inline = content[len(_T) : _T_END], True
        elif content.startswith(_T_PRESERVED):
            text, inline = content[len(_T_PRESERVED) : _T_END], True
        elif content:
            text, formula = content[content.index(_V) + len(_V) : _V_END], True
        if style.closed is not (text is None) or (text is not None and style.inline is not inline):
            raise _NotPlain
        if text is not None and "&" in text:
            text = resolved(text)
        value = self._cells.value(style.kind, style.style, formula, text)
        return self._keep(rest, value, style.percent)

    def _style(self, attributes: str) -> _Style:
        bare = attributes.removesuffix("/")
        told = dict(_ATTRIBUTE.findall(bare))
        if not _ATTRIBUTES.fullmatch(bare) or len(told) != bare.count('="') or "r" in told:
            raise _NotPlain
        kind, style = told.get("t", ""), told.get("s", "")
        self._styles[attributes] = found = _Style(
            kind,
            style,
            closed=attributes.endswith("/"),
            inline=kind == "inlineStr",
            percent=self._cells.is_percent(kind, style),
        )
        return found
