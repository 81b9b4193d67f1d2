"""Reads .xlsx: values by python-calamine, structure by our own scan (decision record 0005)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from data_access.ledger_import.gate import DAMAGED, SAVE_AS, checked_zip
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Sheet
from data_access.ledger_import.sheet_xml import Structure, structure_of
from data_access.ledger_import.shown_text import shown

_PERCENT_BUILT_IN = frozenset({9, 10})
NO_SHEETS = "工作簿里没有可见的工作表。请取消隐藏，或检查文件后重新上传。"


def read_xlsx(data: bytes, limits: Limits) -> tuple[list[str], list[Sheet]]:
    """Names of hidden sheets, and the visible sheets in their order."""
    archive = checked_zip(data, limits)
    parts = _sheet_parts(archive)
    percents = _percent_styles(archive)
    structures: dict[str, Structure] = {}
    for name, part in parts.items():
        if part is not None:
            structures[name] = structure_of(_utf8(archive.read(part)), percents, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise LedgerRefused("工作簿设有打开密码，无法读取。请取消密码后重新上传。") from error
    except CalamineError as error:
        raise LedgerRefused(DAMAGED) from error
    return collected(workbook, structures, limits)


def collected(
    workbook: CalamineWorkbook, structures: dict[str, Structure], limits: Limits
) -> tuple[list[str], list[Sheet]]:
    """The visible sheets with what the scan found about each."""
    hidden: list[str] = []
    sheets: list[Sheet] = []
    total = 0
    for place, told in enumerate(workbook.sheets_metadata):
        name = shown(told.name)
        if told.visible != SheetVisibleEnum.Visible:
            hidden.append(name)
            continue
        try:
            source = workbook.get_sheet_by_index(place)
        except CalamineError:
            continue  # a chart or dialogue sheet has no cells
        sheet = sheet_of(name, source, structures.get(told.name, Structure()))
        total += len(sheet.rows)
        if total > limits.rows:
            raise LedgerRefused(f"超过 {limits.rows} 行，太大了。请拆成几份后再上传。")
        sheets.append(sheet)
    if not sheets:
        raise LedgerRefused(NO_SHEETS)
    return hidden, sheets


def sheet_of(name: str, source: Any, structure: Structure) -> Sheet:
    """One sheet: calamine's values, our corrections, row and column as the spreadsheet counts."""
    start = source.start or (0, 0)
    first_row, pad = start[0] + 1, [None] * start[1]
    rows: list[list[CellValue]] = [
        [*pad, *map(value_of, row)] if start[1] else list(map(value_of, row))
        for row in source.iter_rows()
    ]
    # Some versions count from the first row, some from the used area: the height tells.
    if start[0] and len(rows) == (source.total_height or 0) and len(rows) > source.height:
        first_row = 1
    for (row, column), value in structure.replaced.items():
        _put(rows, row - first_row, column - 1, value)
    for cells in rows:
        while cells and cells[-1] is None:
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(
        name=name,
        rows=rows,
        first_row=first_row,
        merges=tuple(structure.merges),
        hidden_rows=frozenset(structure.hidden_rows),
        hidden_columns=frozenset(structure.hidden_columns),
        percent_cells=frozenset(structure.percent_cells),
    )


def _put(rows: list[list[CellValue]], row: int, column: int, value: CellValue) -> None:
    if not 0 <= row <= len(rows):
        return
    if row == len(rows):
        rows.append([])
    cells = rows[row]
    cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = value


def value_of(value: Any) -> CellValue:
    """calamine's value as the model has it: no 1.0 for 1, no empty text, no time of 00:00."""
    if isinstance(value, str):
        return shown(value) or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value if (value.hour or value.minute or value.second) else value.date()
    if value is None or isinstance(value, bool | int | date):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, timedelta):
        return CellError(str(value))
    return shown(str(value)) or None


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise LedgerRefused(DAMAGED) from error


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str | None]:
    """Sheet name → its part in the archive, in the workbook's order."""
    names = {name.lower(): name for name in archive.namelist()}
    book = next((n for n in names if n.endswith("workbook.xml")), None)
    if book is None:
        raise LedgerRefused(DAMAGED)
    folder = posixpath.dirname(book)
    relations = names.get(posixpath.join(folder, "_rels", "workbook.xml.rels"))
    targets: dict[str, str] = {}
    if relations is not None:
        for relation in _parsed(archive.read(relations)):
            target = (relation.get("Target") or "").lower()
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            targets[relation.get("Id") or ""] = posixpath.normpath(whole)
    found: dict[str, str | None] = {}
    for element in _parsed(archive.read(names[book])).iter():
        if _local(element) == "sheet":
            key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            found[element.get("name") or ""] = names.get(targets.get(key, ""))
    if not found:
        raise LedgerRefused(f"工作簿里没有工作表，文件可能已损坏。{SAVE_AS}")
    return found


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Indexes of cell styles whose number format is a percentage."""
    part = next((n for n in archive.namelist() if n.lower().endswith("styles.xml")), None)
    if part is None:
        return frozenset()
    tree = _parsed(archive.read(part))
    custom = {
        element.get("numFmtId")
        for element in tree.iter()
        if _local(element) == "numFmt" and "%" in (element.get("formatCode") or "")
    }
    cell_formats = next((e for e in tree.iter() if _local(e) == "cellXfs"), ())
    return frozenset(
        n
        for n, element in enumerate(cell_formats)
        if (element.get("numFmtId") or "0") in custom
        or (element.get("numFmtId") or "0") in {str(code) for code in _PERCENT_BUILT_IN}
    )


def _utf8(xml: bytes) -> bytes:
    """The sheet in UTF-8 for the scan; other codings are rare and turned first."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return xml.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise LedgerRefused(DAMAGED) from error
    return xml
