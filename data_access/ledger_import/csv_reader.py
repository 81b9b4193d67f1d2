"""CSV as county offices export it: UTF-8 with or without BOM, UTF-16, GB18030."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain

from data_access.ledger_import import refusals
from data_access.ledger_import.cell_text import cell_name
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellValue, LedgerRefused, Sheet
from data_access.ledger_import.shown_text import shown

_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
_SEPARATORS = ",\t;|，"
_AS_TEXT = re.compile(r'="(.*)"', re.S)
"""How programs keep a spreadsheet from eating the zeros of 00123."""
_END = "\0end"
"""Stands behind the last record; NUL cannot occur before it."""
_MOST_REMEMBERED = 100_000


def read_csv(data: bytes, limits: Limits) -> Sheet:
    """One sheet named CSV; row n is the n-th record, as a spreadsheet would number it.

    Raises LedgerRefused for what is no table, or breaks a limit.
    """
    coding = _coding(data)
    csv.field_size_limit(1_000_000)
    rows: list[list[CellValue]] = []
    filled = width = 0
    known: dict[str, CellValue] = {}
    for record in _records(data, coding):
        cells = [known[cell] if cell in known else _cell(cell, known) for cell in record]
        while cells and cells[-1] is None:
            cells.pop()
        rows.append(cells)
        width = max(width, len(cells))
        filled += len(cells)
        if cells and (len(rows) > limits.rows or len(cells) > limits.columns):
            raise refusals.cell_too_far(cell_name(len(rows), len(cells) - 1), limits)
        if filled > limits.cells or len(rows) > 10 * limits.rows:
            raise LedgerRefused(refusals.TOO_MANY_CELLS)
    while rows and not rows[-1]:
        rows.pop()
    if rows and width < 2:
        raise LedgerRefused(refusals.PROSE)
    return Sheet("CSV", rows)


def _cell(text: str, known: dict[str, CellValue]) -> CellValue:
    quoted = _AS_TEXT.fullmatch(text)
    plain = shown(quoted[1] if quoted else text).strip(" \t")
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known[text] = value = plain if plain.strip() else None
    return value


def _records(data: bytes, coding: str) -> Iterator[list[str]]:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=coding, newline="")
    separator = _separator(_start(data, coding))
    without = (line.replace("\0", "") if "\0" in line else line for line in lines)
    ended = False
    try:
        for record in csv.reader(chain(without, (_END,)), delimiter=separator):
            ended = record == [_END]
            if not ended:
                yield record
    except csv.Error as error:
        raise LedgerRefused(refusals.BROKEN_QUOTES) from error
    if not ended:
        # A quote that is never closed has swallowed everything behind it.
        raise LedgerRefused(refusals.BROKEN_QUOTES)


def _start(data: bytes, coding: str) -> str:
    return data[:100_000].decode(coding, "replace")[:50_000]


def _coding(data: bytes) -> str:
    coding = _believed(data)
    start = _start(data, coding)
    if len(_CONTROLS.findall(start)) > 8 + len(start) // 200:
        raise LedgerRefused(refusals.UNKNOWN)
    return coding


def _believed(data: bytes) -> str:
    """The coding in which the whole file reads without a fault."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates: tuple[str, ...] = ("utf-16",)
    elif data[:1000].count(0) > max(3, len(data[:1000]) // 50):
        # Text of two bytes without a mark: of each sign, digit and line end one half is zero.
        little = data[1:1000:2].count(0) > data[0:1000:2].count(0)
        candidates = ("utf-16-le" if little else "utf-16-be",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for coding in candidates:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            if coding == "utf-8-sig" and _is_broken_utf8(data):
                raise LedgerRefused(refusals.BROKEN_UTF8) from None
            continue
        if text.strip("\0\ufeff \t\r\n"):
            return coding
        raise LedgerRefused(refusals.EMPTY)
    raise LedgerRefused(refusals.UNKNOWN)


def _is_broken_utf8(data: bytes) -> bool:
    """A few bad bytes in good UTF-8: read as GB18030, all of it might turn into nonsense."""
    text = data.decode("utf-8", "replace")
    strange = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 20 < strange


def _separator(text: str) -> str:
    """The separator that most of the first lines agree on; quoted parts do not count."""
    if text[:4].lower() == "sep=" and text[4:5] in _SEPARATORS and text[5:6] in ("\r", "\n"):
        return text[4]
    lines = re.sub(r'"[^"]*"', "", text[:50_000]).splitlines()[:40]
    counts = {sign: sum(sign in line for line in lines) for sign in _SEPARATORS}
    totals = {sign: sum(line.count(sign) for line in lines) for sign in _SEPARATORS}
    usual = max(",\t;|", key=lambda sign: (counts[sign], totals[sign]))
    # A full-width comma separates only where no real separator occurs at all.
    return "，" if not totals[usual] and counts["，"] == len(lines) > 1 else usual
