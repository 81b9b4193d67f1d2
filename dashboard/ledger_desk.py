"""The desk on which one uploaded ledger lies until it is stored or sent back.

Opening, judging and comparing cost seconds on a large ledger; a page runs on every click. So
each answer is kept beside the file and asked again only when what it depends on has changed:
the person's choices, the store, the day.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import threading
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import acts, programme_acts, reads, return_acts
from dashboard.acts import (
    Flag,
    Hints,
    ImportPlan,
    JudgedLedger,
    LedgerRefused,
    StoredBatch,
    Workbook,
)
from dashboard.briefing.marked_apart import marked_apart
from dashboard.briefing.marked_workbook import marked_workbook
from dashboard.briefing.package import WorkbookNotMarked
from dashboard.ledger_keep import Keep
from dashboard.parts.ledger_upload import Upload
from dashboard.programme_acts import JudgedProgramme, StoredProgramme
from dashboard.return_acts import StoredReturn
from dashboard.settings import settings
from supervision.return_sheets import ReturnSheet
from supervision.scope import Viewer

STAYS_SECONDS = 3600.0
MOST_LEDGERS = 12
MOST_CELLS = 8_000_000
_LONGEST_NAME = 60
_ON_DESK = "ledger_on_desk"


@dataclass(slots=True, weakref_slot=True)
class OpenLedger:
    """One opened ledger with what its person has chosen so far."""

    workbook: Workbook
    original: bytes
    viewer: Viewer
    """Whose desk this is: what lies outside their scope is neither stored nor shown."""
    hints: Hints = field(default_factory=Hints)
    revision: int = 0
    """Rises with every choice."""
    stored: StoredBatch | None = None
    returned: StoredReturn | None = None
    """What it did, where it is a list of ours that came back filled."""
    entered: StoredProgramme | None = None
    """What it did, where it is a programme's ledger."""
    _answers: dict[str, tuple[object, Any]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def key(self) -> str:
        """Begins the key of every widget that shows what was judged."""
        return f"ledger:{self.workbook.sha256[:8]}:{self.revision}"

    def judged(self, *, as_of: date) -> JudgedLedger:
        """The ledger judged with the choices so far; LedgerRefused says why it cannot be."""
        answer = self.remembered("judged", as_of, lambda: self._judge(as_of))
        if isinstance(answer, str):
            raise LedgerRefused(answer)
        judged: JudgedLedger = answer
        return judged

    def plan(self, *, as_of: date) -> ImportPlan:
        """What storing would change."""
        judged = self.judged(as_of=as_of)
        plan: ImportPlan = self.remembered(
            "plan", as_of, lambda: acts.plan_ledger(judged, viewer=self.viewer)
        )
        return plan

    def flags(self, *, as_of: date) -> tuple[Flag, ...]:
        """All that is wrong with the ledger, and what the store will not take from it."""
        judged = self.judged(as_of=as_of)
        kept: list[Flag] = self.remembered(
            "kept", as_of, lambda: acts.kept_flags(self.plan(as_of=as_of), judged.rows)
        )
        return (*judged.flags, *kept)

    def remembered(self, name: str, as_of: date, answer: Callable[[], Any]) -> Any:
        """`answer()`, asked again only after a choice, a change of the store or another day."""
        depends_on = (self.revision, reads.change(), as_of)
        with self._lock:
            known = self._answers.get(name)
            if known is None or known[0] != depends_on:
                known = self._answers[name] = (depends_on, answer())
            return known[1]

    def choose(self, change: Callable[[Hints], None]) -> None:
        """Take down what a person has chosen; everything is judged again."""
        with self._lock:
            change(self.hints)
            self._begin_anew()

    def start_afresh(self) -> None:
        """Forget every choice."""
        with self._lock:
            self.hints = Hints()
            self._begin_anew()

    def _begin_anew(self) -> None:
        """Old answers go before new ones come: a large ledger judged twice needs the room twice."""
        self.revision += 1
        self._answers.clear()

    def store(
        self, *, viewer: Viewer, as_of: date, progress: Callable[[float, str], None]
    ) -> StoredBatch:
        """Store once, however often the button is pressed."""
        with self._lock:
            if self.stored is None:
                judged = self.judged(as_of=as_of)
                self.stored = acts.store_ledger(
                    judged, viewer=viewer, as_of=as_of, progress=progress
                )
            return self.stored

    def store_filled(self, kind: ReturnSheet, *, viewer: Viewer, as_of: date) -> StoredReturn:
        """The same for a filled list."""
        with self._lock:
            if self.returned is None:
                self.returned = return_acts.store_filled(
                    self.workbook, kind, viewer=viewer, as_of=as_of
                )
            return self.returned

    def store_programme(
        self, judged: JudgedProgramme, *, viewer: Viewer, as_of: date
    ) -> StoredProgramme:
        """The same for a programme's ledger."""
        with self._lock:
            known = self.entered
            if known is None or known.plan.judged.programme.name != judged.programme.name:
                known = programme_acts.store_ledger(judged, viewer=viewer, as_of=as_of)
                self.entered = known
            return known

    def heed_undone(self, batches: pd.DataFrame) -> None:
        """Where the storing was undone since, the ledger lies on the desk as if never stored."""
        with self._lock:
            undone = batches.loc[batches["undone_at"].notna(), "id"]
            if self.stored is not None and self.stored.id in set(undone):
                self.stored = None

    def marked_later(self, *, as_of: date) -> Callable[[], bytes]:
        """`marked`, for a button: Streamlit keeps what a button calls, and that must not keep
        the ledger beyond its stay."""
        here = weakref.ref(self)

        def made() -> bytes:
            ledger = here()
            return _gone() if ledger is None else ledger.marked(as_of=as_of)

        return made

    def marked(self, *, as_of: date) -> bytes:
        """The sender's own file with its faults coloured and commented, as .xlsx.

        Where the file cannot be changed, a workbook that lists the faults instead.
        """
        judged, flags = self.judged(as_of=as_of), self.flags(as_of=as_of)
        try:
            return marked_apart(self.original, judged.kind, flags)
        except WorkbookNotMarked as reason:
            return marked_workbook(_listed(flags, str(reason)), "csv", ())

    def marked_name(self) -> str:
        """A name that tells the file's content: Streamlit tells downloads apart by name."""
        stem = re.sub(r"[^\w（）()\-]+", "_", self.workbook.file_name.rpartition(".")[0])
        # Which faults there are depends on the person's scope and on the registers, too.
        told = f"{self.workbook.sha256}{self.hints!r}{self.viewer!r}{reads.change()}"
        mark = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{stem[:_LONGEST_NAME] or '台账'}_校验_{mark}.xlsx"

    def _judge(self, as_of: date) -> JudgedLedger | str:
        try:
            return acts.judge_ledger(self.workbook, self.hints, viewer=self.viewer, as_of=as_of)
        except LedgerRefused as refusal:
            return str(refusal)


def _gone() -> bytes:
    return marked_workbook("这份台账已不在服务器上，请重新上传后再下载。".encode(), "csv", ())


def _listed(flags: Sequence[Flag], reason: str) -> bytes:
    kept = io.StringIO()
    lines = csv.writer(kept)
    lines.writerow([reason])
    lines.writerow(["位置", "程度", "问题", "可选"])
    for flag in flags:
        lines.writerow(
            [flag.cell or flag.sheet, flag.severity.label, flag.message, "、".join(flag.candidates)]
        )
    return kept.getvalue().encode("utf-8-sig", "replace")


@st.cache_resource
def _keep() -> Keep[OpenLedger]:
    return Keep(seconds=STAYS_SECONDS, most=MOST_LEDGERS, size=MOST_CELLS)


def uploaded(upload: Upload, who: Viewer) -> OpenLedger:
    """The ledger that this session has uploaded, opened once for each person.

    LedgerRefused says in one sentence why it cannot be.
    """
    key, token, refused = st.session_state.get(_ON_DESK, ("", "", ""))
    if key == upload.key and refused:
        raise LedgerRefused(refused)
    ledger = _keep().get(token) if key == upload.key else None
    if ledger is not None and ledger.viewer == who:
        return ledger
    _keep().drop(token)
    try:
        with st.spinner("正在打开并检查文件……"):
            workbook = acts.open_ledger(upload.data, upload.name)
    except LedgerRefused as sentence:
        # A hostile file may take the child a minute: it is opened once, not at every click.
        st.session_state[_ON_DESK] = (upload.key, "", str(sentence))
        raise
    cells = sum(len(row) for sheet in workbook.sheets for row in sheet.rows)
    ledger = OpenLedger(workbook, upload.data, who)
    token = _keep().put(ledger, cells + len(upload.data) // 64)
    st.session_state[_ON_DESK] = (upload.key, token, "")
    return ledger


def limits_told() -> str:
    """What the upload takes, in one sentence."""
    most = settings()
    return (
        f"可上传 .xlsx、.xls、.csv，单个文件不超过 {most.max_file_mb} MB、"
        f"{_rows_told(most.max_rows)}行、{most.max_columns} 列。"
        "加密文件请先取消密码；.et、.xlsb、.ods 请在 Excel 或 WPS 中另存为 .xlsx。"
    )


def _rows_told(rows: int) -> str:
    """200000 as 20 万, for people."""
    return f"{rows // 10_000} 万" if rows % 10_000 == 0 else f"{rows} "
