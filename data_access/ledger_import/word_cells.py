"""Cells that hold closed words: status, satisfaction, ticks, yes and no, callbacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from data_access.ledger_import.cell_text import as_text, compact
from data_access.ledger_import.date_reading import Reading
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.headings import SATISFACTION_TICK, STATUS_TICK, normalised
from data_access.ledger_import.model import Callback, CellValue, LedgerRow
from data_access.ledger_import.personal import masked
from data_access.ledger_import.values import (
    NOTHING,
    UNKNOWN_LEVEL,
    Word,
    look_back_of,
    resolution_of,
    round_number,
    satisfaction_of,
    status_of,
    ticked,
    whole_number,
    yes_or_no,
)
from supervision.vocabulary import LedgerStatus, Satisfaction, Severity

Take = Callable[[LedgerRow, int, CellValue], None]
_WHETHER = re.compile("是否")
_INVALID = re.compile("不予受理|无效|作废")
_BY_LABEL = {level.label: level.value for level in Satisfaction}
_REACHED = {
    "接通": True, "未接": False, "无人接听": False, "拒接": False, "关机": False, "停机": False,
    "空号": False, "占线": False,
}  # fmt: skip


@dataclass(slots=True)
class _Pending:
    """What a row's ticks and callback cells said so far."""

    ticks: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    called_on: date | None = None
    reached: bool | None = None
    resolved: str | None = None
    text: str | None = None

    def has_callback(self) -> bool:
        """Whether any callback cell was filled."""
        return any(
            value is not None for value in (self.called_on, self.reached, self.resolved, self.text)
        )


class WordCells:
    """Reads the word columns of one section; `settle` closes each row."""

    def __init__(
        self,
        flags: Flags,
        headings: dict[int, str],
        percent_cells: frozenset[tuple[int, int]],
        *,
        hundred: bool,
        binary: bool,
    ) -> None:
        self._flags = flags
        self._headings = {column: normalised(text) for column, text in headings.items()}
        self._raw_headings = headings
        self._percent = percent_cells
        self._hundred = hundred
        self._binary = binary
        self._status: dict[tuple[CellValue, int], tuple[Word, str | None]] = {}
        self._levels: dict[tuple[CellValue, bool, int], Word] = {}
        self._pending = _Pending()

    def take(self, name: str) -> Take | None:
        """The reader of a field's cells; None where the field is not kept."""
        takes: dict[str, Take] = {
            "status": self._take_status,
            "satisfaction": self._take_satisfaction,
            "process_satisfaction": self._take_process,
            "resolved": self._take_resolved,
            "resolved_by_unit": self._take_resolved_by_unit,
            "reached": self._take_reached,
            "callback": self._take_callback,
            "struck_off": self._take_struck_off,
            "look_back": self._take_look_back,
            "excluded": self._take_excluded,
            "people_count": self._take_people,
            "round_no": self._take_round,
        }
        return takes.get(name)

    def tick(self, name: str) -> Take:
        """The reader of a column of ticks: `status:closed`, `satisfaction:satisfied`."""
        kind, _, value = name.partition(":")

        def take(row: LedgerRow, column: int, cell: CellValue) -> None:
            text = as_text(cell)
            answer = ticked(text)
            if answer is None:
                field_name = "status" if kind == STATUS_TICK[:-1] else "satisfaction"
                self._flags.at_cell(row, field_name, column, "tick-unknown", Severity.WARNING,
                                    "应为打勾或空白，按打勾理解，请核对")  # fmt: skip
            if answer is not False:
                self._pending.ticks.setdefault(kind, []).append((value, column))

        return take

    def callback_day(self, row: LedgerRow, readings: dict[str, tuple[Reading, int]]) -> None:
        """回访时间 belongs to the callback, not to the row itself."""
        found = readings.pop("callback_on", None)
        if found is None:
            return
        reading, column = found
        self._pending.called_on = reading.on
        if reading.code is not None and reading.severity is not None:
            self._flags.at_cell(row, "callback_on", column, reading.code, reading.severity,
                                reading.say, reading.candidates)  # fmt: skip

    def settle(self, row: LedgerRow) -> None:
        """Close the row: one tick of each kind, one callback."""
        pending = self._pending
        if not pending.ticks and not pending.has_callback():
            return
        self._pending = _Pending()
        for kind, ticks in pending.ticks.items():
            self._settle_ticks(row, kind + ":", ticks)
        if pending.has_callback():
            row.callback = Callback(
                called_on=pending.called_on,
                reached=pending.reached,
                result=_BY_LABEL.get(row.satisfaction or ""),
                process=row.process_satisfaction,
                resolved=pending.resolved,
                text=pending.text,
            )

    def _settle_ticks(self, row: LedgerRow, kind: str, ticks: list[tuple[str, int]]) -> None:
        name = "status" if kind == STATUS_TICK else "satisfaction"
        values = {value for value, _ in ticks}
        if len(values) > 1:
            labels = tuple(_label(kind, value) for value, _ in ticks)
            self._flags.at_cell(row, name, ticks[0][1], f"{name}-several", Severity.ERROR,
                                "勾了不止一项，请只留一项", labels)  # fmt: skip
            return
        value = ticks[0][0]
        if kind == SATISFACTION_TICK:
            row.satisfaction = Satisfaction(value).label
        else:
            row.status = LedgerStatus(value).value

    def _tell(self, row: LedgerRow, name: str, column: int, word: Word) -> None:
        if word.code is not None and word.severity is not None:
            self._flags.at_cell(row, name, column, word.code, word.severity, word.say,
                                word.candidates)  # fmt: skip

    def _take_status(self, row: LedgerRow, column: int, value: CellValue) -> None:
        key = (value, column)
        known = self._status.get(key)
        if known is None:
            known = self._status[key] = self._status_word(as_text(value), column)
        word, validity = known
        if word.value is not None:
            row.status = word.value
        row.validity = validity or row.validity
        if word.code is not None:
            self._tell(row, "status", column, word)

    def _status_word(self, text: str, column: int) -> tuple[Word, str | None]:
        plain = compact(text)
        if "并单" in plain or "合并办理" in plain:
            return NOTHING, "merged"
        if _INVALID.search(plain):
            return NOTHING, "invalid"
        of_closure = _WHETHER.search(self._headings[column]) is not None
        return status_of(text, of_closure=of_closure), None

    def _level(self, row: LedgerRow, column: int, value: CellValue) -> Word:
        percent = (row.source.row, column + 1) in self._percent
        hundred = self._hundred or "百分制" in self._raw_headings.get(column, "")
        key = (value, percent, column)
        word = self._levels.get(key)
        if word is None:
            answer = ticked(as_text(value)) if _WHETHER.search(self._headings[column]) else None
            if answer is not None and value != "":
                value = "是" if answer else "否"
            if self._binary and answer is None:
                word = UNKNOWN_LEVEL
            else:
                word = satisfaction_of(value, percent=percent, hundred=hundred)
            self._levels[key] = word
        return word

    def _take_satisfaction(self, row: LedgerRow, column: int, value: CellValue) -> None:
        word = self._level(row, column, value)
        row.satisfaction = word.value or row.satisfaction
        self._tell(row, "satisfaction", column, word)

    def _take_process(self, row: LedgerRow, column: int, value: CellValue) -> None:
        word = self._level(row, column, value)
        row.process_satisfaction = _BY_LABEL.get(word.value or "")
        self._tell(row, "process_satisfaction", column, word)

    def _take_resolved(self, row: LedgerRow, column: int, value: CellValue) -> None:
        resolution = resolution_of(as_text(value))
        if resolution is None:
            return
        if re.search("回访|诉求人|群众", self._headings[column]):
            self._pending.resolved = resolution.value
        else:
            row.resolved_by_unit = resolution.value

    def _take_resolved_by_unit(self, row: LedgerRow, _column: int, value: CellValue) -> None:
        resolution = resolution_of(as_text(value))
        if resolution is not None:
            row.resolved_by_unit = resolution.value

    def _take_reached(self, row: LedgerRow, column: int, value: CellValue) -> None:
        text = as_text(value)
        answer = _REACHED.get(text, yes_or_no(text))
        if answer is not None:
            self._pending.reached = answer
        else:
            self._take_callback(row, column, value)

    def _take_callback(self, row: LedgerRow, _column: int, value: CellValue) -> None:
        text = masked(as_text(value))
        answer = yes_or_no(text) if len(text) <= 4 else None
        word = satisfaction_of(text, percent=False, hundred=False) if len(text) <= 6 else None
        if answer is not None:
            self._pending.reached = answer
        elif word is not None and word.value in _BY_LABEL and row.satisfaction is None:
            row.satisfaction = word.value
            self._pending.text = text
        elif text:
            self._pending.text = text

    def _take_struck_off(self, row: LedgerRow, _column: int, value: CellValue) -> None:
        row.struck_off = yes_or_no(as_text(value))

    def _take_look_back(self, row: LedgerRow, _column: int, value: CellValue) -> None:
        row.look_back = look_back_of(as_text(value))

    def _take_excluded(self, row: LedgerRow, column: int, value: CellValue) -> None:
        text = masked(as_text(value))
        answer = yes_or_no(text)
        if answer is None:
            return
        heading = self._headings[column]
        if "作废" in heading:
            row.validity = "invalid" if answer else row.validity
            return
        row.excluded = answer if re.search("不合理|不纳入|申诉", heading) else not answer
        if row.excluded:
            row.excluded_reason = self._raw_headings.get(column)

    def _take_people(self, row: LedgerRow, _column: int, value: CellValue) -> None:
        row.people_count = whole_number(as_text(value))

    def _take_round(self, row: LedgerRow, _column: int, value: CellValue) -> None:
        row.round_no = round_number(as_text(value))


def _label(kind: str, value: str) -> str:
    if kind == STATUS_TICK:
        return LedgerStatus(value).label
    return Satisfaction(value).label
