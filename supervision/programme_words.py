"""A figure's 口径 in Chinese, made from its definition: what is read is what is counted."""

from __future__ import annotations

from supervision.programmes import (
    OVER_A_PERIOD,
    Clock,
    Condition,
    Measure,
    Programme,
    ProgrammeFigure,
)


def definition_told(programme: Programme, figure: ProgrammeFigure) -> str:
    """One sentence: which entries, out of which, over which days, what is left out."""
    whole = _whole(programme, figure)
    match figure.measure:
        case Measure.COUNT:
            told = f"{whole}{_those(programme, figure.counted)}的{programme.unit}数"
        case Measure.STOCK:
            those = _those(programme, figure.counted, first=True)
            told = f"截至当日{those}的{programme.unit}数"
        case Measure.SUM | Measure.MEDIAN:
            column = programme.field(figure.column or "").label
            kind = "合计" if figure.measure is Measure.SUM else "中位数"
            told = f"{whole}{_those(programme, figure.counted)}的“{column}”{kind}，未填的不计"
        case Measure.RATE:
            those = _those(programme, figure.counted, first=True)
            told = f"{whole}的，其中{those}的比例"
        case Measure.DUE_RATE:
            clock = programme.clock(figure.clock or "")
            told = (
                f"{clock.label}期限落在统计期内且已届满的，“{_label(programme, clock.ends)}”"
                "不晚于期限的比例；到期未填的计入分母，未到期的不计。"
                f"{_limit_told(programme, clock)}"
            )
        case Measure.SETTLED_RATE:
            clock = programme.clock(figure.clock or "")
            told = (
                f"{whole}的，其中在期限内完成的比例；分母为已填“"
                f"{_label(programme, clock.ends)}”的和期限已过仍未填的，未到期的不计。"
                f"{_limit_told(programme, clock)}"
            )
        case _:
            cycle = programme.cycle(figure.cycle or "")
            told = (
                f"本{cycle.every.label}有“{_label(programme, cycle.day)}”的"
                f"{_label(programme, cycle.by)}，占应报{_label(programme, cycle.by)}的比例"
            )
    return f"{told.rstrip('。')}。{_left_out(programme)}"


def formula_told(programme: Programme, figure: ProgrammeFigure) -> str:
    """What is divided by what, summed or counted."""
    unit = programme.unit
    match figure.measure:
        case Measure.RATE:
            return f"{_those(programme, figure.counted, first=True)}的{unit}数÷统计范围的{unit}数"
        case Measure.DUE_RATE:
            return f"期限内完成的{unit}数÷期限已届满的{unit}数"
        case Measure.SETTLED_RATE:
            return f"期限内完成的{unit}数÷（已完成的{unit}数＋逾期未完成的{unit}数）"
        case Measure.COVERED_RATE:
            cycle = programme.cycle(figure.cycle or "")
            who = _label(programme, cycle.by)
            return f"本{cycle.every.label}已报的{who}数÷应报的{who}数"
        case Measure.SUM | Measure.MEDIAN:
            column = _label(programme, figure.column or "")
            way = (
                "各条相加"
                if figure.measure is Measure.SUM
                else "从小到大居中的一条，偶数条取前一条"
            )
            return f"“{column}”{way}"
    return f"符合条件的{unit}数"


def _whole(programme: Programme, figure: ProgrammeFigure) -> str:
    among = _those(programme, figure.of, first=True)
    among = "" if figure.of.is_open else f"{among}、"
    if figure.measure in OVER_A_PERIOD and figure.day:
        return f"{among}“{_label(programme, figure.day)}”在统计期内"
    return among.rstrip("、")


def _those(programme: Programme, condition: Condition, *, first: bool = False) -> str:
    """…为“已化解”、已填“办结日期”."""
    parts = [
        f"“{_label(programme, name)}”为{'或'.join(_answer(programme, name, one) for one in wanted)}"
        for name, wanted in condition.answers
    ]
    parts += [f"已填“{_label(programme, name)}”" for name in condition.filled]
    parts += [f"未填“{_label(programme, name)}”" for name in condition.blank]
    told = "、".join(parts)
    if first:
        return told or "全部"
    return f"、{told}" if told else ""


def _answer(programme: Programme, name: str, answer: str) -> str:
    choice = programme.field(name).choice(answer)
    return f"“{choice.label if choice else answer}”"


def _label(programme: Programme, name: str) -> str:
    return programme.field(name).label


def _limit_told(programme: Programme, clock: Clock) -> str:
    start = _label(programme, clock.starts)
    stated = f"台账填了“{_label(programme, clock.due)}”的以台账为准" if clock.due else ""
    if clock.limit is None:
        stated = f"以台账的“{_label(programme, clock.due or '')}”为准"
    only = "" if clock.only.is_open else f"只算{_those(programme, clock.only, first=True)}的。"
    if clock.limit is None:
        return f"期限{stated}。{only}"
    limit = f"期限为“{start}”起{clock.limit.words()}"
    return f"{limit}，{stated}。{only}" if stated else f"{limit}。{only}"


def _left_out(programme: Programme) -> str:
    if programme.status is None:
        return ""
    field = programme.field(programme.status)
    names = "”“".join(choice.label for choice in field.choices if choice.left_out)
    return f"“{field.label}”为“{names}”的不计入。" if names else ""
