"""The form's field for a rule's value, one for each kind of value."""

from __future__ import annotations

import streamlit as st

from supervision.city_rules import CityRule
from supervision.deadlines import LimitUnit
from supervision.rule_values import (
    LONGEST_LIMIT,
    AnswerPoints,
    Choice,
    FeedbackLimit,
    Number,
    ScoreWeights,
    Several,
)
from supervision.satisfaction import FULL
from supervision.vocabulary import Satisfaction

_UNITS = {LimitUnit.WORKDAY: "个工作日", LimitUnit.DAY: "日（自然日）", LimitUnit.HOUR: "小时"}


def value_field(rule: CityRule, value: str) -> str:
    """Draw the field filled with `value`; what it is set to, as it is stored."""
    kind = rule.value
    if isinstance(kind, Number):
        return _number(kind, value)
    if isinstance(kind, FeedbackLimit):
        return _limit(value)
    if isinstance(kind, AnswerPoints):
        return _points(value)
    if isinstance(kind, ScoreWeights):
        return _weights(kind, value)
    if isinstance(kind, Several):
        return _several(rule.label, kind, value)
    return _choice(rule.label, kind, value)


def _number(kind: Number, value: str) -> str:
    # Out of range is refused in words by the act, not swallowed by the field.
    told = st.number_input(
        kind.words.replace("{}", " ? "), value=int(value), step=1, width=420,
        help=f"可以填 {kind.allowed}",
    )  # fmt: skip
    return str(int(told))


def _limit(value: str) -> str:
    limit = FeedbackLimit.read(value) or FeedbackLimit.read("15 workday")
    assert limit is not None
    left, right = st.columns(2)
    with left:
        number = st.number_input("交办后多少", value=limit.number, min_value=1, step=1)
    labels = [_UNITS[unit] for unit in LONGEST_LIMIT]
    with right:
        chosen = st.selectbox("单位", labels, index=list(LONGEST_LIMIT).index(limit.unit))
    unit = list(LONGEST_LIMIT)[labels.index(chosen)]
    return f"{int(number)} {unit.value}"


def _points(value: str) -> str:
    now = [int(part) for part in value.split("/")]
    told = []
    for column, answer, points in zip(
        st.columns(len(Satisfaction)), Satisfaction, now, strict=True
    ):
        with column:
            told.append(st.number_input(answer.label, value=points, min_value=0, max_value=FULL))
    return "/".join(str(int(points)) for points in told)


def _weights(kind: ScoreWeights, value: str) -> str:
    now = [int(part) for part in value.split("/")]
    told = []
    columns = st.columns(len(kind.labels))
    for column, name, weight in zip(columns, kind.labels, now, strict=True):
        with column:
            told.append(st.number_input(name, value=weight, min_value=0, max_value=FULL))
    st.caption(f"四项合计 {FULL}")
    return "/".join(str(int(weight)) for weight in told)


def _several(label: str, kind: Several, value: str) -> str:
    chosen = st.multiselect(
        label, list(kind.labels.values()),
        default=[kind.labels[one] for one in value.split(",") if one in kind.labels],
        help=f"“{kind.labels[kind.always]}”始终保留", placeholder="请选择",
    )  # fmt: skip
    kept = [one for one, words in kind.labels.items() if words in chosen or one == kind.always]
    return ",".join(kept)


def _choice(label: str, kind: Choice, value: str) -> str:
    labels = list(kind.labels.values())
    place = list(kind.labels).index(value) if value in kind.labels else 0
    chosen = st.radio(label, labels, index=place)
    return list(kind.labels)[labels.index(chosen)]
