"""CSV as county offices export it: UTF-8 with or without BOM, UTF-16 with BOM, GB18030."""

from __future__ import annotations

import csv
import io
import re

from data_access.ledger_import.gate import SAVE_AS
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellValue, LedgerRefused, Sheet
from data_access.ledger_import.shown_text import shown

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_SEPARATORS = ",\t;|，"
_LONGEST_CELL = 1_000_000


def read_csv(data: bytes, limits: Limits) -> Sheet:
    """One sheet named CSV; row n is the n-th record, as a spreadsheet would number it."""
    text = _decoded(data)
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[CellValue]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            if len(record) > limits.columns:
                raise LedgerRefused(
                    f"第 {len(rows) + 1} 行有 {len(record)} 列，超过 {limits.columns} 列。"
                    "请检查分隔符，或删去多余的列后重新上传。"
                )
            rows.append(_cells(record))
            if len(rows) > limits.rows:
                raise LedgerRefused(f"超过 {limits.rows} 行，太大了。请拆成几份后再上传。")
    except csv.Error as error:
        raise LedgerRefused(f"CSV 中的引号或分隔符不成对，无法分列。{SAVE_AS}") from error
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise LedgerRefused("文件里没有任何内容。请检查后重新上传。")
    return Sheet("CSV", rows)


def _cells(record: list[str]) -> list[CellValue]:
    row: list[CellValue] = [shown(cell) or None for cell in record]
    while row and row[-1] is None:
        row.pop()
    return row


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codings: tuple[str, ...] = ("utf-16",)
    else:
        codings = ("utf-8-sig", "gb18030")
    for coding in codings:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text[:100_000])) > len(text[:100_000]) // 200:
            break
        return text
    raise LedgerRefused(
        "无法识别文件内容：它不是 Excel 工作簿，也不是 UTF-8 或 GBK 编码的 CSV。" + SAVE_AS
    )


def _separator(text: str) -> str:
    """The separator that most of the first lines agree on; quoted parts do not count."""
    lines = re.sub(r'"[^"]*"', "", text[:50_000]).splitlines()[:40]
    counts = {sign: sum(sign in line for line in lines) for sign in _SEPARATORS}
    totals = {sign: sum(line.count(sign) for line in lines) for sign in _SEPARATORS}
    usual = max(",\t;|", key=lambda sign: (counts[sign], totals[sign]))
    # A full-width comma separates only where no real separator occurs at all.
    return "，" if not totals[usual] and counts["，"] == len(lines) > 1 else usual
