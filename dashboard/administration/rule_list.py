"""The tabs of 督办规则 that list rules: what is in force, since when, by what basis."""

from __future__ import annotations

import streamlit as st

from dashboard import reads, rule_reads
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.seen import look_afresh
from dashboard.parts.leading import set_query
from dashboard.rule_reads import DecidedRule, RuleLine
from supervision.city_rules import CITY_RULES, RuleGroup
from supervision.scope import Viewer

SHIPPED = "程序默认"
_COLUMNS = {
    "rule": Shown("规则", 190),
    "words": Shown("现行规定", 420),
    "since": Shown("自", 110),
    "basis": Shown("依据", 220),
    "planned": Shown("今后", 260),
}
_DECIDED = {
    "at": Shown("时间", 140),
    "who": Shown("人员", 150),
    "rule": Shown("规则", 190),
    "words": Shown("规定", 320),
    "since": Shown("自", 110),
    "basis": Shown("依据", 260),
}


def rules_of(group: RuleGroup, who: Viewer) -> None:
    """The rules of one group; a click opens one."""
    look_afresh()
    known = [
        rule
        for rule in rule_reads.city_rules(who, reads.today())
        if CITY_RULES[rule.name].group is group and not _is_left(rule)
    ]
    st.caption("点一行可以查看历次规定和调整。调整先试算影响，确认后才实施。")
    place = office_table(
        [_cells(rule) for rule in known], _COLUMNS, key=f"rules_{group.value}",
        alt=f"{group.label}规则", opens=True,
    )  # fmt: skip
    if place is not None:
        set_query(rule=known[place].name, kind=known[place].subject or None)
        st.rerun()


def _is_left(rule: RuleLine) -> bool:
    """A kind that follows the rule of all items again, now and as far as decided."""
    return bool(rule.subject) and not rule.value and not rule.planned


def _cells(rule: RuleLine) -> tuple[object, ...]:
    planned = "；".join(
        f"{one.valid_from:%Y-%m-%d} 起：{words}"
        for one, words in zip(rule.planned, rule.planned_words, strict=True)
    )
    since = f"{rule.valid_from:%Y-%m-%d}" if rule.valid_from else SHIPPED
    return (rule.full_label, rule.words, since, rule.basis, planned)


def decided_list(who: Viewer) -> None:
    """Every decision, the newest first."""
    known = rule_reads.decided_rules(who)
    if not known:
        st.caption("还没有调整过规则，全部按程序默认的规定执行。")
        return
    st.caption(f"共 {len(known)} 次调整，新的在前；调整时间、人员、依据同时记入审计记录。")
    decided_table(known, key="decided")


def decided_table(known: tuple[DecidedRule, ...], *, key: str) -> None:
    """Versions as they were decided."""
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M}" if one.at else "", one.who, one.full_label, one.words,
         f"{one.valid_from:%Y-%m-%d}", one.basis)
        for one in known
    ]  # fmt: skip
    office_table(rows, _DECIDED, key=key, alt="历次调整", choose=False)
