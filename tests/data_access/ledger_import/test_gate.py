"""Whatever is no ledger, or means harm, ends in a Chinese sentence that says what to do."""

from __future__ import annotations

import re
import resource
from pathlib import Path

import pytest

from data_access.ledger_import.limits import MB, Limits
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.workbook import open_ledger
from tests.data_access.ledger_import.hostile_files import FILES, Hostile
from tests.data_access.ledger_import.made_files import row_of, rows_workbook, sheet, workbook

_FOREIGN = re.compile(r"[A-Za-z_]{2,}")
_KNOWN_WORDS = frozenset(re.findall(r"\w+", """
    Excel WPS xlsx xls xlsb csv CSV UTF et ods mht MB PDF OFD JSON HTML XML DTD Word OpenDocument
"""))  # fmt: skip


def _memory() -> int:
    """Bytes this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


@pytest.mark.parametrize("hostile", FILES, ids=[file.name for file in FILES])
def test_a_hostile_file_is_refused_with_what_to_do(hostile: Hostile):
    data = hostile.data()
    before = _memory()

    with pytest.raises(LedgerRefused) as refused:
        open_ledger(data, hostile.file_name)

    sentence = str(refused.value)
    assert hostile.sentence in sentence
    assert re.search("请", sentence)
    assert sentence.endswith("。")
    words = set(_FOREIGN.findall(sentence)) - _KNOWN_WORDS
    assert not words or hostile.sentence in words or re.search(r"[A-Z]{1,3}\d+", sentence)
    assert _memory() - before < 50 * MB


@pytest.mark.parametrize(
    ("limits", "data", "told"),
    [
        (Limits(file_bytes=1000), workbook(), "超过 0.00095"),
        (Limits(unpacked_bytes=1000), workbook(), "解压后超过"),
        (Limits(entries=3), workbook(), "超过 3 个"),
        (Limits(ratio=1, ratio_from_bytes=10), workbook(), "解压后异常地大"),
        (Limits(rows=1), workbook(), "C2 有内容"),
        (Limits(columns=2), workbook(), "C1"),
        (Limits(cells=4), workbook(), "单元格太多"),
        (Limits(cell_text=3), workbook(), "超过 3 字"),
        (Limits(answer_bytes=50), workbook(), "占用内存过多"),
        (Limits(rows=2), "甲,乙\n丙,丁\n戊,己\n".encode(), "B3 有内容"),
    ],
)
def test_every_limit_is_a_setting(limits: Limits, data: bytes, told: str):
    with pytest.raises(LedgerRefused, match=told):
        open_ledger(data, "台账.xlsx", limits=limits)


def test_rows_are_counted_over_all_sheets():
    two = rows_workbook(row_of(1, "甲乙") + row_of(2, "丙丁"))
    assert open_ledger(two, "a.xlsx", limits=Limits(rows=2)).sheets[0].rows

    with pytest.raises(LedgerRefused, match="超过 2 行"):
        open_ledger(workbook(sheet(), sheet()), "a.xlsx", limits=Limits(rows=2))


def test_the_stated_defaults_are_the_issue_s():
    limits = Limits()
    assert (limits.file_bytes, limits.unpacked_bytes) == (50 * MB, 300 * MB)
    assert (limits.rows, limits.columns, limits.entries) == (200_000, 500, 2_000)
    assert (limits.ratio, limits.ratio_from_bytes) == (100, 10 * MB)
    assert (limits.child_bytes, limits.child_cpu_seconds) == (600 * MB, 60)
    assert limits.child_wall_seconds == 90


def test_the_content_decides_and_not_the_suffix():
    assert open_ledger(workbook(), "台账.csv").kind == "xlsx"
    assert open_ledger("编号,内容\nA-1,积水\n".encode(), "台账.xlsx").kind == "csv"


def test_the_name_of_a_file_is_no_path():
    book = open_ledger(workbook(), "C:\\文件夹/..\\台\x00账\u202e.xlsx")
    assert book.file_name == "台账.xlsx"
