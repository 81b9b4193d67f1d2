"""The child that opens a file is limited, knows nothing of the server, and may die."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.ledger_import import refusals
from data_access.ledger_import.limits import MB, Limits
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Merge, Sheet
from data_access.ledger_import.wire import (
    Broke,
    CellWriter,
    Done,
    Refused,
    Rows,
    clipped,
    frames,
    send,
    unwrapped,
    write_sheet,
)
from data_access.ledger_import.workbook import open_ledger
from tests.data_access.ledger_import.made_files import repeated, sheet, strings, workbook

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def long_workbook() -> bytes:
    """Takes the parser some seconds: rows in a form that no pattern makes fast."""
    return repeated(b"<row>" + b"<c s='0'><v>7</v></c>" * 100 + b"</row>", 30_000)


def _children() -> set[str]:
    """Processes of the importer that run at this moment."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes()
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        # Other processes of the tests read ledgers at the same time.
        if parent == os.getpid() and b"ledger_import.child" in told:
            found.add(process.name)
    return found


def test_a_child_that_takes_too_much_processor_time_is_stopped(long_workbook: bytes):
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(long_workbook, "a.xlsx", limits=Limits(child_cpu_seconds=1, ratio=10_000))
    assert str(refused.value) == refusals.TOO_LONG


def test_a_child_that_takes_too_long_is_stopped_and_gone(long_workbook: bytes):
    before = _children()
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(long_workbook, "a.xlsx", limits=Limits(child_wall_seconds=1, ratio=10_000))
    assert str(refused.value) == refusals.TOO_LONG
    # The whole file would have been read, had nobody stopped it.
    assert _children() <= before


def test_a_child_that_takes_too_much_memory_is_stopped():
    texts = strings(*(f"第{n}号诉求，路灯不亮影响出行" for n in range(400_000)))
    data = workbook(sheet(), more={"xl/sharedStrings.xml": texts})
    assert open_ledger(data, "a.xlsx").sheets[0].rows
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(data, "a.xlsx", limits=Limits(child_bytes=60 * MB))
    assert str(refused.value) == refusals.TOO_MUCH_MEMORY


def test_a_child_that_cannot_even_begin_is_told_in_a_sentence():
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(workbook(), "a.xlsx", limits=Limits(child_bytes=1))
    assert str(refused.value) in {refusals.DIED, refusals.TOO_MUCH_MEMORY}


def test_what_stands_in_the_working_directory_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("csv", "json", "msgspec", "data_access"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "csv.py"))
    assert open_ledger("编号,内容\nA-1,积水\n".encode(), "a.csv").sheets[0].rows[1] == [
        "A-1",
        "积水",
    ]


def test_the_child_loads_little():
    told = subprocess.run(
        [sys.executable, "-c",
         "import sys; from data_access.ledger_import import child, csv_reader, xls_reader,"
         " xlsx_reader; print(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=PROJECT,
    ).stdout.split()  # fmt: skip
    heavy = {"pandas", "polars", "numpy", "streamlit", "sqlalchemy", "openpyxl", "lxml", "altair"}
    assert heavy.isdisjoint(told)


def _answer(*arguments: str, question: bytes = b"") -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "data_access.ledger_import.child", *arguments],
        input=question, capture_output=True, check=True, cwd=PROJECT,
    ).stdout  # fmt: skip


def test_a_stumble_is_told_by_its_place_and_never_by_a_value():
    # An .xls stream that ends in the midst of a record about a resident.
    stream = b"\x09\x08\x10\0\0\6\5\0\xbb\x0d\xcc\7\0\0\0\0\6\0\0\0\x85\0\x99\0" + "张三".encode()
    (frame,) = frames(io.BytesIO(_answer("biff", json.dumps(asdict(Limits())), question=stream)))
    assert isinstance(frame, Broke | Refused)
    told = frame.where if isinstance(frame, Broke) else frame.sentence
    assert "张三" not in told
    if isinstance(frame, Broke):
        assert told.split()[0].split(":")[1].isdecimal()


def test_files_are_opened_beside_each_other():
    books, threads = [], []
    for n in range(5):
        data = f"编号,内容\nA-{n},积水\n".encode()
        threads.append(
            threading.Thread(target=lambda d=data: books.append(open_ledger(d, "a.csv")))
        )
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {str(book.sheets[0].rows[1][0]) for book in books} == {f"A-{n}" for n in range(5)}


def test_nothing_of_a_file_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    open_ledger(workbook(), "台账.xlsx")
    with pytest.raises(LedgerRefused):
        open_ledger(workbook()[:-9], "台账.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_room_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def no_room(_name: str) -> int:
        raise OSError(errno.ENOMEM, "no room")

    monkeypatch.setattr(os, "memfd_create", no_room)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(workbook(), "台账.xlsx")
    assert str(refused.value) == refusals.NO_ROOM


def test_limits_that_are_tighter_already_stay():
    told = subprocess.run(
        ["sh", "-c", "ulimit -t 30; ulimit -v 500000; exec \"$0\" \"$@\"", sys.executable,
         "-m", "data_access.ledger_import.child", "text", json.dumps(asdict(Limits()))],
        input="编号,内容\nA-1,积水\n".encode(), capture_output=True, check=True, cwd=PROJECT,
    ).stdout  # fmt: skip
    assert list(frames(io.BytesIO(told)))[-1] == Done("csv", [], date_1904=False)


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(), _texts, st.booleans(), st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False), st.dates(),
    st.datetimes().map(lambda moment: moment.replace(microsecond=0)),
    _texts.map(CellError),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(_values, max_size=8), max_size=8))
def test_every_value_crosses_the_wire_unchanged(rows: list[list[CellValue]]):
    made = io.BytesIO()
    write_sheet(CellWriter(made, Limits()), Sheet("表", rows))
    made.seek(0)
    came: dict[int, list[CellValue]] = {}
    for frame in frames(made):
        if isinstance(frame, Rows):
            pool = [unwrapped(value) for value in frame.pool]
            came |= {
                number: [pool[place] for place in places]
                for number, places in zip(frame.numbers, frame.cells, strict=True)
            }
    for number, row in enumerate(rows, 1):
        meant = [None if value == "" else value for value in row]
        while meant and meant[-1] is None:
            meant.pop()
        found = came.get(number, [])
        assert [(type(value), value) for value in found] == [(type(v), v) for v in meant]


@pytest.mark.parametrize(
    "answer",
    [b"\0", b"\0\0\0\5abc", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\1\x93", b"\0\0\0\1\xc0"],
)
def test_an_answer_that_is_none_is_not_believed(answer: bytes):
    with pytest.raises(ValueError, match=r".+"):
        list(frames(io.BytesIO(answer)))


def test_frames_come_back_as_they_went():
    made = io.BytesIO()
    send(made, Done("xlsx", ["底稿"], date_1904=True))
    send(made, Refused("请重新上传。"))
    made.seek(0)
    assert list(frames(made)) == [Done("xlsx", ["底稿"], date_1904=True), Refused("请重新上传。")]


@pytest.mark.parametrize(
    ("merge", "left"),
    [
        ((1, 1, 1, 9), Merge(1, 1, 1, 4)),
        ((2, 2, 9, 2), Merge(2, 2, 3, 2)),
        ((3, 4, 9, 9), None),
        ((4, 1, 9, 1), None),
        ((1, 5, 3, 9), None),
    ],
)
def test_a_merge_is_clipped_to_what_is_filled(merge: tuple[int, int, int, int], left: Merge | None):
    assert clipped(merge, 3, 4) == left


def test_a_date_is_no_datetime_after_the_wire():
    data = workbook(sheet('<row r="1"><c r="A1" t="d"><v>2026-03-01</v></c></row>'))
    (found,) = open_ledger(data, "a.xlsx").sheets[0].rows[0]
    assert found == date(2026, 3, 1)
    assert not isinstance(found, datetime)
