"""What a ledger with callback columns says: reached or not, the way of handling, resolved or not.

Told by the item's number, not drawn: further columns change nothing that is drawn for others.
"""

from __future__ import annotations

from zlib import crc32

from sample_data.paper import Printed
from sample_data.pens import Pen, said
from sample_data.story import Seen
from sample_data.tables import Column
from supervision.vocabulary import Satisfaction

CONTENT = {Satisfaction.VERY_SATISFIED.label, Satisfaction.SATISFIED.label,
           Satisfaction.FAIRLY_SATISFIED.label}  # fmt: skip


def callback_columns(pen: Pen, group: str | None = None) -> list[Column]:
    """To stand behind the column of satisfaction; `group` is their heading above."""
    return [
        Column("回访日期", None, lambda s: pen.day(s.call.on if s.call else None), group),
        Column("是否接通", None, _reached, group),
        Column("过程满意度", None, _process, group),
        Column("回访是否解决", None, _resolved, group),
        Column("单位认定是否解决", None, _resolved_by_unit, group),
    ]


def _reached(entry: Seen) -> Printed:
    return said(None if entry.call is None else "是" if entry.call.reached else "否")


def _process(entry: Seen) -> Printed:
    """Mostly as the result; some praise the handling of what they are not content with."""
    answer, chance = _answer(entry), _chance(entry)
    if answer is None or chance >= 85:
        return said(None)
    if answer in CONTENT:
        return said(answer if chance < 72 else "基本满意")
    return said("满意" if chance < 35 else answer)


def _resolved(entry: Seen) -> Printed:
    answer = _answer(entry)
    if answer is None or _chance(entry) % 10 == 9:
        return said(None)
    return said("是" if answer in CONTENT else "否")


def _resolved_by_unit(entry: Seen) -> Printed:
    if entry.closed_on is None:
        return said(None)
    return said("否" if _chance(entry) < 6 else "是")


def _answer(entry: Seen) -> str | None:
    return entry.call.result if entry.call else None


def _chance(entry: Seen) -> int:
    return crc32(entry.item.number.encode()) % 100
