"""How clerks print values: dates, departments, places and states in many hands."""

from __future__ import annotations

import random
from datetime import date, datetime, time
from functools import cache

from data_access.registers import shipped_registers
from sample_data.paper import Printed
from sample_data.story import Seen
from supervision.vocabulary import LedgerStatus

UNKNOWN_DEPARTMENTS = ("市轨道交通局", "市园林绿化中心", "市大数据产业中心")
UNKNOWN_TOWNSHIPS = ("城北街道", "龙泉镇", "新安镇")
UNREADABLE_DATES = ("2025-13-04", "2026.2.30", "9月31日", "2026/4/31")
SPACED_LENGTH = 4
SHORT_COUNTY_LENGTH = 3
ALIKE_TOWNSHIPS = ("上坪镇",)
"""Names that two counties share: always printed in full."""

STATUS_WORDS = {
    LedgerStatus.CLOSED.label: ("已办结", "办结", "已完成", "已解决", "办毕", "完成"),
    LedgerStatus.IN_PROGRESS.label: ("办理中", "正在办理", "推进中", "在办", "未办结", "正在推进"),
    LedgerStatus.NOT_STARTED.label: ("未启动", "尚未办理", "待办"),
    LedgerStatus.LONG_TERM.label: ("长期推进", "长期坚持", "持续推进", "常态化推进"),
    LedgerStatus.EXPLAINED.label: ("解释说明", "已做好解释工作", "暂无法解决，已解释"),
}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """Canonical name → other names that say by themselves which level they are of."""
    return {
        entry.name: tuple(
            alias.name
            for alias in entry.aliases
            if alias.valid_from is None
            and alias.valid_to is None
            and (alias.name.startswith("市") or alias.name.endswith(("政府", "管委会")))
        )
        for entry in shipped_registers().departments
    }


class Pen:
    """One clerk's hand; `year` is the year that the ledger's title names, if any."""

    def __init__(self, rng: random.Random, *, year: int | None = None) -> None:
        self._rng, self._year = rng, year

    def day(self, on: date | None) -> Printed:
        """A real date."""
        return Printed(on, on)

    def day_text(self, on: date | None, *, limit: bool = False) -> Printed:
        """A date as people type it; without its year only under a title that names it."""
        if on is None:
            return Printed(None, None)
        forms = [
            on.isoformat(),
            f"{on.year}/{on.month}/{on.day}",
            f"{on.year}.{on.month}.{on.day}",
            f"{on.year}年{on.month}月{on.day}日",
            f"{on:%Y%m%d}",
            f"{on.year}-{on.month}-{on.day}",
        ]
        if on.year == self._year:
            forms.append(f"{on.month}月{on.day}日")
        if limit:
            forms += [f"{form}前" for form in forms if form.endswith("日")]
        form = self._rng.randrange(len(forms) + 1)
        return Printed(forms[form] if form < len(forms) else on, on)

    def instant(self, on: date | None) -> Printed:
        """Date and time as a system exports them."""
        if on is None:
            return Printed(None, None)
        clock = time(self._rng.randint(8, 17), self._rng.randint(0, 59), self._rng.randint(0, 59))
        return Printed(datetime.combine(on, clock).isoformat(sep=" "), on)

    def due(self, seen: Seen, printed: Printed) -> Printed:
        """The feedback limit, or what a clerk with a planted fault wrote instead."""
        if seen.item.fault == "due_on":
            return Printed(self._rng.choice(UNREADABLE_DATES), None)
        return printed

    def department(self, name: str) -> str:
        """The canonical name, a short one, or one stretched with spaces."""
        hand = self._rng.random()
        if hand < 0.45:
            return name
        if hand > 0.92 and len(name) <= SPACED_LENGTH:
            return " ".join(name)
        return self._rng.choice((*_aliases()[name], name))

    def lead(self, seen: Seen) -> Printed:
        """Lead departments in one cell, one a line; the first leads."""
        if seen.item.fault == "lead":
            return Printed(self._rng.choice(UNKNOWN_DEPARTMENTS), ())
        names = (seen.item.lead, *seen.item.joint)
        return Printed("\n".join(self.department(name) for name in names), names)

    def co(self, seen: Seen, *, between: str = "、") -> Printed:
        """Co-departments in one cell."""
        names = seen.item.co
        return Printed(between.join(self.department(n) for n in names) or None, names)

    def township(self, seen: Seen, *, short: bool = False) -> Printed:
        """The township, now and then without 镇, or one that does not exist."""
        name = seen.item.place.township
        if name is not None and seen.item.fault == "township":
            return Printed(self._rng.choice(UNKNOWN_TOWNSHIPS), None)
        if name and short and name not in ALIKE_TOWNSHIPS and self._rng.random() < 0.1:
            return Printed(name.removesuffix("镇").removesuffix("街道"), name)
        return Printed(name, name)

    def county(self, seen: Seen, *, short: bool = False) -> Printed:
        """The reporting unit, now and then without 县 or 区."""
        name = seen.item.place.county
        if short and len(name) == SHORT_COUNTY_LENGTH and name != "高新区":
            return Printed(name[:-1] if self._rng.random() < 0.12 else name, name)
        return Printed(name, name)

    def status(self, seen: Seen) -> Printed:
        """The state in one of its wordings."""
        return Printed(self._rng.choice(STATUS_WORDS[seen.status]), seen.status)

    def satisfaction(self, seen: Seen) -> Printed:
        """The resident's answer; blank where nobody was asked or reached."""
        answer = seen.call.result if seen.call else None
        return Printed(answer, answer)


def said(text: str | None) -> Printed:
    """A cell that means what it says."""
    return Printed(text, text)
