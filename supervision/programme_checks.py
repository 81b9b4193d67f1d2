"""What a definition must keep to beyond its form: names that fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from supervision.programme_toml import Faults, Path
from supervision.programmes import (
    ONE_OF_A_KIND,
    OVER_A_PERIOD,
    PERSONAL,
    Condition,
    FieldKind,
    Measure,
    Programme,
    ProgrammeFigure,
)

REPORTING = (
    FieldKind.COUNTY, FieldKind.TOWNSHIP, FieldKind.DEPARTMENT, FieldKind.NUMBER, FieldKind.TEXT,
    FieldKind.TITLE,
)  # fmt: skip
"""Kinds of columns whose values can be told apart as those who have to report."""
MOST_HEADS = 3


def check_programme(programme: Programme, faults: Faults) -> None:
    """Add every fault of a definition that has the right form."""
    _check_names(programme, faults)
    columns = _Columns(programme, faults)
    columns.are_of(("status",), programme.status, (FieldKind.CHOICE,), needed=False)
    for name in programme.groups:
        columns.are_of(("groups",), name, (FieldKind.CHOICE,))
    for name in programme.identity:
        columns.are_of(("identity",), name, [kind for kind in FieldKind if kind not in PERSONAL])
    if not programme.identity and programme.of_kind(FieldKind.NUMBER) is None:
        faults.add(("identity",), "没有编号栏的专题要写明用哪几栏认出同一条，个人信息栏不能用。")
    _check_clocks(programme, columns)
    for n, figure in enumerate(programme.figures, 1):
        _check_figure(programme, figure, ("figure", n), columns)
    if sum(figure.head for figure in programme.figures) not in range(1, MOST_HEADS + 1):
        faults.add(("figure",), f"用 head = true 标明 1 到 {MOST_HEADS} 项最要紧的指标。")


class _Columns:
    """Tells where a name that should be a column of some kind is none."""

    def __init__(self, programme: Programme, faults: Faults) -> None:
        self.faults = faults
        self._kinds = {one.name: one.kind for one in programme.fields}

    def are_of(
        self, path: Path, name: str | None, kinds: Collection[FieldKind], *, needed: bool = True
    ) -> None:
        """The column must be of one of these kinds."""
        if name is None:
            if needed:
                self.faults.add(path, "缺少这一项。")
        elif name not in self._kinds:
            self.faults.add(path, f"没有“{name[:40]}”这一栏。")
        elif self._kinds[name] not in kinds:
            told = "、".join(kind.value for kind in kinds)
            self.faults.add(path, f"“{name}”应是这样的栏：{told}。")


def _check_clocks(programme: Programme, columns: _Columns) -> None:
    day = (FieldKind.DAY,)
    for n, clock in enumerate(programme.clocks, 1):
        columns.are_of(("clock", n, "starts"), clock.starts, day)
        columns.are_of(("clock", n, "ends"), clock.ends, day)
        columns.are_of(("clock", n, "due"), clock.due, day, needed=False)
        _check_condition(programme, clock.only, ("clock", n, "only"), columns.faults)
    for n, cycle in enumerate(programme.cycles, 1):
        columns.are_of(("cycle", n, "day"), cycle.day, day)
        columns.are_of(("cycle", n, "by"), cycle.by, REPORTING)


def _check_names(programme: Programme, faults: Faults) -> None:
    for key, names in (
        ("field", [one.name for one in programme.fields]),
        ("clock", [one.name for one in programme.clocks]),
        ("cycle", [one.name for one in programme.cycles]),
        ("figure", [one.name for one in programme.figures]),
    ):
        for n, name in enumerate(names, 1):
            if name in names[: n - 1]:
                faults.add((key, n, "name"), f"“{name}”已经用过。")
    headings: dict[str, int] = {}
    kinds = Counter(one.kind for one in programme.fields)
    for n, one in enumerate(programme.fields, 1):
        for heading in (one.label, *one.words):
            if headings.setdefault(heading, n) != n:
                faults.add(
                    ("field", n, "label"), f"表头“{heading}”与第 {headings[heading]} 栏相同。"
                )
        if one.kind in ONE_OF_A_KIND and kinds[one.kind] > 1:
            faults.add(("field", n, "kind"), f"“{one.kind.label}”栏只能有一个。")
        words = Counter(word for choice in one.choices
                        for word in {choice.name, choice.label, *choice.words})  # fmt: skip
        for word, times in words.items():
            if times > 1:
                faults.add(("field", n, "choices"), f"“{word}”指了不止一个选项。")


def _check_figure(
    programme: Programme, figure: ProgrammeFigure, path: Path, columns: _Columns
) -> None:
    measure, faults = figure.measure, columns.faults
    _check_condition(programme, figure.counted, (*path, "counted"), faults)
    _check_condition(programme, figure.of, (*path, "of"), faults)
    if measure in (Measure.SUM, Measure.MEDIAN):
        columns.are_of((*path, "column"), figure.column, (FieldKind.COUNT,))
    if measure in OVER_A_PERIOD and measure is not Measure.DUE_RATE:
        columns.are_of((*path, "day"), figure.day, (FieldKind.DAY,))
    for key, name, known, wanted in (
        ("clock", figure.clock, {one.name for one in programme.clocks},
         measure in (Measure.DUE_RATE, Measure.SETTLED_RATE)),
        ("cycle", figure.cycle, {one.name for one in programme.cycles},
         measure is Measure.COVERED_RATE),
    ):  # fmt: skip
        if wanted and name is None:
            faults.add((*path, key), "缺少这一项。")
        elif name is not None and name not in known:
            faults.add((*path, key), f"没有“{name[:40]}”这个 [[{key}]]。")
    if measure is Measure.RATE and figure.counted.is_open:
        faults.add((*path, "counted"), "比率要写明哪些算进分子。")


def _check_condition(
    programme: Programme, condition: Condition, path: Path, faults: Faults
) -> None:
    known = {one.name: one for one in programme.fields}
    for name in (*condition.filled, *condition.blank):
        if name not in known:
            faults.add(path, f"没有“{name[:40]}”这一栏。")
    for name, wanted in condition.answers:
        if name not in known or known[name].kind is not FieldKind.CHOICE:
            faults.add(path, f"“{name[:40]}”不是选项栏。")
            continue
        for answer in wanted:
            if known[name].choice(answer) is None:
                faults.add(path, f"“{name}”没有“{answer[:40]}”这个选项。")
