"""Every kind of workbook that leaves Duban, filled with hostile text: all of it stays text.

The same was looked at in LibreOffice (docs/security.md); here it is held by openpyxl.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest

from dashboard.briefing.account_workbooks import accounts_template, passwords_workbook
from dashboard.briefing.audit_workbook import audit_workbook
from dashboard.briefing.list_workbook import WIDTHS, list_workbook
from dashboard.briefing.marked_workbook import marked_workbook
from dashboard.briefing.sheet_text import lines_of
from dashboard.briefing.watermark import Watermark
from dashboard.briefing.workbook import items_workbook
from data_access.ledger_import.model import Flag
from data_access.reads.items import LIST_COLUMNS
from supervision.vocabulary import ItemState, Light, Severity

AS_OF = date(2026, 11, 20)
MARK = Watermark("=1+1&P", "supervisor", datetime.fromisoformat("2026-11-20 09:30"))
HOSTILE = (
    "=1+1", '=HYPERLINK("http://outside.example","点")', "{=1+1}", "+1+1", "-2+3", "@SUM(1,1)",
    "=cmd|'/c calc'!A1", '=DDE("a";"b";"c")', "http://outside.example/a", "mailto:a@b.example",
    "file:///etc/passwd", "'=1+1", "00123", "1E5", "2026-01-01", "50%", "TRUE", "=1+1\n第二行",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issued:
    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    at: datetime
    who: str
    act: str
    touched: str
    changes: tuple[str, ...]
    reason: str
    batch: int | None
    chain: str


def _list() -> bytes:
    row: dict[str, Any] = dict.fromkeys(LIST_COLUMNS)
    row |= {"light": Light.GREEN, "state": ItemState.IN_ROUND, "sound": True, "round_no": 1}
    texts = ("number", "title", "lead", "unit", "township", "session", "category")
    rows = pd.DataFrame([{**row, **dict.fromkeys(texts, text)} for text in HOSTILE])
    return items_workbook(
        rows, title=HOSTILE[1], as_of=AS_OF, told=["；".join(HOSTILE)], watermark=MARK
    )


def _other_list() -> bytes:
    kinds = [kind for kind in WIDTHS if kind != "light"]
    return list_workbook(
        [dict.fromkeys(kinds, text) for text in HOSTILE],
        {kind: (f"={kind}", kind) for kind in kinds},
        title=HOSTILE[1], as_of=AS_OF, told=HOSTILE, watermark=MARK,
    )  # fmt: skip


def _audit() -> bytes:
    entries = [Entry(n, MARK.at, text, text, text, (text, text), text, n, text)
               for n, text in enumerate(HOSTILE)]  # fmt: skip
    return audit_workbook(entries, as_of=AS_OF, told=HOSTILE, standing=HOSTILE[0], watermark=MARK)


def _sent() -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows([("编号", "诉求内容", "责任单位"), *((t, t, t) for t in HOSTILE)])
    return kept.getvalue().encode("utf-8-sig")


def _marked() -> bytes:
    flags = [Flag("CSV", 2, "B2", text, "title", Severity.WARNING, "x", text, HOSTILE)
             for text in HOSTILE]  # fmt: skip
    return marked_workbook(_sent(), "csv", flags)


KINDS: dict[str, Callable[[], bytes]] = {
    "list": _list,
    "other list": _other_list,
    "audit": _audit,
    "template": lambda: accounts_template(HOSTILE[:5], HOSTILE, HOSTILE),
    "passwords": lambda: passwords_workbook([Issued(t, t, t) for t in HOSTILE], MARK),
    "marked": _marked,
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_workbook_holds_a_formula_a_link_or_anything_from_outside(kind: str):
    made = KINDS[kind]()
    texts = set()
    for sheet in openpyxl.load_workbook(io.BytesIO(made)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", (kind, cell.coordinate)
            assert cell.hyperlink is None, (kind, cell.coordinate)
            texts.add(cell.value)
            # Whoever goes into such a cell and out again has not made a formula of it.
            risky = isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
            assert bool(cell.quotePrefix) is risky, (kind, cell.coordinate)
    # What was written is there, letter by letter: 00123 is no number, 2026-01-01 no day.
    assert set(HOSTILE) <= texts
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not [name for name, part in parts.items() if b'TargetMode="External"' in part]
    assert not [name for name, part in parts.items() if b"<f>" in part and "chart" not in name]
    assert not [name for name in parts if "externalLink" in name or "vbaProject" in name]


@pytest.mark.parametrize("kind", ["list", "other list", "audit", "passwords"])
def test_what_holds_data_says_on_every_sheet_and_page_who_took_it_out(kind: str):
    for sheet in openpyxl.load_workbook(io.BytesIO(KINDS[kind]())).worksheets:
        # An ampersand in a name is no code of the header.
        assert MARK.words.replace("&", "&&") in str(sheet.oddHeader.left.text).replace("& ", "&")
        assert any(
            MARK.words in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row
        )


@pytest.mark.parametrize("kind", ["list", "other list", "audit", "template", "passwords"])
def test_every_sheet_of_ours_is_printed_one_page_wide(kind: str):
    for sheet in openpyxl.load_workbook(io.BytesIO(KINDS[kind]())).worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
        assert sheet.page_setup.orientation == "landscape"


def test_a_wrapped_text_has_the_room_that_it_needs():
    row: dict[str, Any] = dict.fromkeys(LIST_COLUMNS)
    row |= {"light": Light.GREEN, "state": ItemState.IN_ROUND, "sound": True, "round_no": 1}
    rows = pd.DataFrame([{**row, "title": "路灯不亮"}, {**row, "title": "很长的事项" * 20}])
    made = items_workbook(rows, title="清单", as_of=AS_OF, watermark=MARK)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["台账"]
    assert sheet.row_dimensions[5].height is None
    # A hundred letters in a column of 38: six lines.
    assert sheet.row_dimensions[6].height == pytest.approx(14 * 6 + 2, abs=1)


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("路灯", 1), ("路灯不亮了", 1), ("路灯不亮了吗", 2), ("a" * 11, 2),
                        ("一\n二\n", 3)]
)  # fmt: skip
def test_a_chinese_letter_is_two_letters_wide(text: str, lines: int):
    assert lines_of(text, 10) == lines
