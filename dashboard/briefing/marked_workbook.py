"""The sender's own ledger with its faults coloured and explained in notes, nothing else changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from lxml import etree

from dashboard.briefing.mark_comments import write_comments
from dashboard.briefing.mark_fills import MarkFills
from dashboard.briefing.package import DAMAGED, Package, WorkbookNotMarked, parsed
from dashboard.briefing.sender_cells import csv_as_xlsx, xls_as_xlsx
from dashboard.briefing.sheet_part import (
    SheetPart,
    first_used_column,
    place_of,
    reference_of,
)
from dashboard.briefing.sheet_text import cell_text
from supervision.vocabulary import Severity

MOST_MARKS = 10_000
"""Marked cells in one workbook; a spreadsheet grows slow with more notes."""
_MOST_NOTE = 4_000
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_USUAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
_Place = tuple[int, int]


class Fault(Protocol):
    """What a mark needs of data_access.ledger_import.model.Flag."""

    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def cell(self) -> str | None: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def message(self) -> str: ...
    @property
    def candidates(self) -> tuple[str, ...]: ...


AnyFault = TypeVar("AnyFault", bound=Fault)


def worst_first(flags: Iterable[AnyFault]) -> list[AnyFault]:
    """Faults in the order in which they are marked."""
    return sorted(flags, key=lambda flag: _WORST_FIRST.index(flag.severity))


def marked_workbook(original: bytes, kind: str, flags: Iterable[Fault], *, left: int = 0) -> bytes:
    """An .xlsx: the file as sent (`kind` xlsx, xls or csv) with a note at every fault.

    A fault without a cell stands at its row's first used cell, one without a row at the
    sheet's; `left` more are only counted. An .xls or .csv becomes an .xlsx with the same cells
    as text. WorkbookNotMarked, with a Chinese sentence, when the file cannot be changed.
    """
    names: list[str] | None = None
    if kind == "xls":
        original, names = xls_as_xlsx(original)
    elif kind == "csv":
        original, names = csv_as_xlsx(original)
    package = Package(original)
    book = _Book(package, names)
    kept = worst_first(flags)
    by_part: dict[str, list[Fault]] = {}
    for flag in kept[:MOST_MARKS]:
        by_part.setdefault(book.part_of(flag.sheet), []).append(flag)
    if not by_part:
        return package.saved()
    fills = MarkFills(package, book.part, book.space, book.links_space)
    left += max(len(kept) - MOST_MARKS, 0)
    for part, faults in by_part.items():
        sheet = SheetPart(package.read(part))
        marks = _marks(sheet, faults)
        if left and part == next(iter(by_part)):
            told = f"另有 {left} 处问题未在本文件中标注，请看导入页的问题清单。"
            marks.setdefault(sheet.first_used(), []).append((Severity.NOTICE, told))
        _mark(sheet, marks, fills)
        notes = {place: _note(of_one) for place, of_one in marks.items()}
        write_comments(package, part, sheet, notes, book.links_space)
        package.write(part, sheet.xml())
    fills.save()
    return package.saved()


class _Book:
    """Which part holds which sheet."""

    def __init__(self, package: Package, names: list[str] | None) -> None:
        found = package.linked("", "officeDocument")
        if found is None:
            raise WorkbookNotMarked(DAMAGED)
        self.part = found
        root = parsed(package.read(found))
        self.space = etree.QName(root).namespace or ""
        self.links_space = _STRICT if "purl.oclc.org" in self.space else _USUAL
        targets = {link: to for link, kind, to in package.links(found) if kind == "worksheet"}
        sheets = list(root.iter(f"{{{self.space}}}sheet"))
        self._parts: dict[str, str] = {}
        for place, sheet in enumerate(sheets):
            target = targets.get(sheet.get(f"{{{self.links_space}}}id"))
            name = names[place] if names else sheet.get("name", "")
            if target is not None and target in package:
                self._parts.setdefault(_bare(name), target)
        if not self._parts:
            raise WorkbookNotMarked(DAMAGED)

    def part_of(self, sheet: str) -> str:
        """The sheet's part; the first sheet's when no sheet is called so."""
        return self._parts.get(_bare(sheet)) or next(iter(self._parts.values()))


def _bare(name: str) -> str:
    """A sheet's name by what can be seen of it: the import drops unseen characters."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)
    return "".join(letter for letter in plain if letter.isprintable()).strip()


def _marks(sheet: SheetPart, faults: list[Fault]) -> dict[_Place, list[tuple[Severity, str]]]:
    cells = [place_of(fault.cell) for fault in faults]
    rows = {place[0] for place in cells if place} | {fault.row for fault in faults if fault.row}
    anchors = _Anchors(sheet, rows)
    marks: dict[_Place, list[tuple[Severity, str]]] = {}
    for fault, place in zip(faults, cells, strict=True):
        if place is None and fault.row:
            place = fault.row, first_used_column(sheet.row(fault.row)) or 1
        place = anchors.of(place) if place else sheet.first_used()
        words = fault.message
        if fault.candidates:
            words += f"可选：{'、'.join(fault.candidates)}。"
        told = (fault.severity, words)
        if told not in marks.setdefault(place, []):
            marks[place].append(told)
    return marks


class _Anchors:
    """The visible cell of a merged range: notes on covered cells are never seen."""

    def __init__(self, sheet: SheetPart, rows: set[int]) -> None:
        wanted = sorted(rows)
        self._by_row: dict[int, list[tuple[_Place, int]]] = {}
        for first, last in sheet.merges():
            start, stop = bisect_left(wanted, first[0]), bisect_right(wanted, last[0])
            # A range over whole columns is no cell that someone merged to fill in.
            for row in wanted[start : min(stop, start + 5_000)]:
                self._by_row.setdefault(row, []).append((first, last[1]))

    def of(self, place: _Place) -> _Place:
        row, column = place
        for first, last_column in self._by_row.get(row, ()):
            if first[1] <= column <= last_column:
                return first
        return place


def _mark(
    sheet: SheetPart, marks: dict[_Place, list[tuple[Severity, str]]], fills: MarkFills
) -> None:
    for place, told in marks.items():
        row = sheet.row(place[0])
        cell = _cell(sheet, row, place)
        worst = min((severity for severity, _ in told), key=_WORST_FIRST.index)
        cell.set("s", fills.style(cell.get("s"), worst))


def _cell(sheet: SheetPart, row: Any, place: _Place) -> Any:
    """The row's cell at this place, made between its neighbours where there is none."""
    behind = None
    for cell in row:
        at = place_of(cell.get("r"))
        if at == place:
            return cell
        if behind is None and (at is None or at[1] > place[1]):
            behind = cell
    made = etree.Element(sheet.named("c"), r=reference_of(place))
    if row.get("s"):
        made.set("s", row.get("s"))
    if behind is None:
        row.append(made)
    else:
        behind.addprevious(made)
    return made


def _note(told: list[tuple[Severity, str]]) -> str:
    lines = "\n".join(f"【{severity.label}】{words}" for severity, words in told)
    note = cell_text(lines)
    note = note if len(note) <= _MOST_NOTE else f"{note[:_MOST_NOTE]}……"
    return _ESCAPE.sub("_x005F_", note)
