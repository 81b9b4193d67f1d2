"""A sender's ledger is marked by a child with limits: what it is made to cost, the child pays."""

from __future__ import annotations

import io
import resource

import openpyxl
import pytest

from dashboard import limited_child
from dashboard.briefing import marked_apart, marking_child
from dashboard.briefing.marked_apart import NOT_MARKED
from dashboard.briefing.marked_workbook import MOST_MARKS, marked_workbook
from dashboard.briefing.package import DAMAGED, WorkbookNotMarked
from supervision.vocabulary import Severity
from tests.marking import flag, ledger, saved


def test_the_child_writes_what_the_server_would_write():
    flags = [flag("D3"), flag("C3", severity=Severity.ERROR), flag(None, "缺编号。", row=4)]
    sent = saved(ledger())
    apart = openpyxl.load_workbook(io.BytesIO(marked_apart.marked_apart(sent, "xlsx", flags)))
    here = openpyxl.load_workbook(io.BytesIO(marked_workbook(sent, "xlsx", flags)))

    def told(book: openpyxl.Workbook) -> list[tuple[object, str | None]]:
        cells = [cell for row in book["台账"].iter_rows() for cell in row]
        return [(cell.value, cell.comment.text if cell.comment else None) for cell in cells]

    assert told(apart) == told(here)
    assert sum(note is not None for _, note in told(apart)) == 3


def test_faults_beyond_the_most_are_counted_across_the_wall():
    flags = [flag("D3", f"第{n}处。") for n in range(MOST_MARKS + 5)]
    made = marked_apart.marked_apart(saved(ledger()), "xlsx", flags)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["台账"]
    notes = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert any("另有 5 处问题" in note for note in notes)


def test_a_file_that_cannot_be_marked_is_told_by_the_child():
    with pytest.raises(WorkbookNotMarked, match=DAMAGED[:10]):
        marked_apart.marked_apart(b"PK\x03\x04 nothing", "xlsx", [flag("D3")])


@pytest.mark.parametrize(
    ("limit", "most"),
    [("memory_bytes", marking_child.MB), ("cpu_seconds", 0)],
)
def test_a_child_that_reaches_its_limits_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
):
    start = limited_child._START.replace(
        "importlib.import_module(sys.argv[2])",
        "m = importlib.import_module(sys.argv[2]); "
        f"m.LIMITS = m.LIMITS._replace({limit}={most}); m",
    )
    monkeypatch.setattr(limited_child, "_START", start)
    mine = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(WorkbookNotMarked, match=NOT_MARKED[:8]):
        marked_apart.marked_apart(saved(ledger()), "xlsx", [flag("D3")])
    assert resource.getrlimit(resource.RLIMIT_AS) == mine
