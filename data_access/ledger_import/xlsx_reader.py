"""Reads .xlsx, transitional and strict: which sheets there are, then each as it streams by."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import IO

from data_access.ledger_import import refusals
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.number_formats import NumberFormat, built_in, number_format
from data_access.ledger_import.package import Package
from data_access.ledger_import.part_xml import elements, texts
from data_access.ledger_import.shared_strings import shared_strings
from data_access.ledger_import.sheet_names import SheetNames
from data_access.ledger_import.sheet_xml import SheetReader
from data_access.ledger_import.wire import CellWriter, Done
from data_access.ledger_import.xlsx_cells import CellReader

_LONGEST_TABLE = 2_000
"""Sheets of one workbook."""


@dataclass(slots=True)
class _Book:
    """What workbook.xml tells; parts are names inside the package."""

    sheets: list[tuple[str, str]]
    """Name and part of each visible worksheet."""
    hidden: list[str]
    strings: str | None
    styles: str | None
    date_1904: bool


def read_xlsx(file: IO[bytes], writer: CellWriter, limits: Limits) -> Done:
    """Write every visible sheet; LedgerRefused for what cannot be read rightly."""
    package = Package(file, limits)
    book = _book(package)
    # The large parts are checked as they are read.
    package.check_all_but({part for _, part in book.sheets} | {book.strings or ""})
    cells = CellReader(date_1904=book.date_1904)
    if book.styles is not None:
        cells.formats = _formats(package, book.styles)
    if book.strings is not None:
        cells.strings = shared_strings(texts(package, book.strings))
    for name, part in book.sheets:
        writer.begin_sheet(name)
        SheetReader(cells, writer).read(texts(package, part))
    return Done("xlsx", book.hidden, book.date_1904)


def _book(package: Package) -> _Book:
    part = _workbook_part(package)
    links = _links(package, part)
    told = elements(texts(package, part), frozenset({"workbookPr", "sheet"}))
    date_1904 = any(
        element.attributes.get("date1904", "").lower() in ("1", "true") for element in told
    )
    names, sheets = SheetNames(), []
    listed = [element.attributes for element in told if element.name == "sheet"]
    if not listed or len(listed) > _LONGEST_TABLE:
        raise LedgerRefused(refusals.NO_SHEETS)
    for attributes in listed:
        kind, target = links.get(attributes.get("id", ""), ("worksheet", ""))
        if kind not in ("worksheet", ""):
            continue  # charts and dialogues have no cells
        name = names.named(attributes.get("name", ""), attributes.get("state", "visible"))
        if name is None:
            continue
        if target not in package:
            raise LedgerRefused(refusals.DAMAGED)
        sheets.append((name, target))
    if not sheets:
        raise LedgerRefused(refusals.ALL_HIDDEN if names.hidden else refusals.NO_SHEETS)
    folder = posixpath.dirname(part)
    return _Book(
        sheets,
        names.hidden,
        _linked(package, links, "sharedStrings", posixpath.join(folder, "sharedstrings.xml")),
        _linked(package, links, "styles", posixpath.join(folder, "styles.xml")),
        date_1904,
    )


def _workbook_part(package: Package) -> str:
    """By the package's own relationships, else where everyone puts it."""
    for kind, target in _links(package, "").values():
        if kind == "officeDocument" and target in package:
            return target
    found = [name for name in package if posixpath.basename(name) == "workbook.xml"]
    if not found:
        raise LedgerRefused(refusals.DAMAGED)
    return min(found, key=len)


def _links(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (kind, part); kinds are the last word of their names, as both
    transitional and strict workbooks have them."""
    folder, name = posixpath.split(part)
    told = posixpath.join(folder, "_rels", f"{name}.rels")
    if told not in package:
        return {}
    links = {}
    for element in elements(texts(package, told), frozenset({"Relationship"})):
        attributes = element.attributes
        if attributes.get("TargetMode", "").lower() == "external":
            continue
        target = attributes.get("Target", "").replace("\\", "/")
        whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
        links[attributes.get("Id", "")] = (kind, whole.lower())
    return links


def _linked(
    package: Package, links: dict[str, tuple[str, str]], kind: str, usual: str
) -> str | None:
    for told, target in links.values():
        if told == kind and target in package:
            return target
    return usual if usual in package else None


def _formats(package: Package, part: str) -> list[NumberFormat]:
    """The number format of each cell style, by its place."""
    told = elements(texts(package, part), frozenset({"numFmt", "xf"}))
    codes = {
        element.attributes.get("numFmtId", ""): element.attributes.get("formatCode", "")
        for element in told
        if element.name == "numFmt" and element.parent == "numFmts"
    }
    formats = []
    for element in told:
        if element.name == "xf" and element.parent == "cellXfs":
            number = element.attributes.get("numFmtId", "0")
            if number in codes:
                formats.append(number_format(codes[number]))
            else:
                formats.append(built_in(int(number) if number.isdecimal() else 0))
    return formats
