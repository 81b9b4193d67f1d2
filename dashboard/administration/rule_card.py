"""One rule (`?rule=NAME`, `&kind=SUBJECT`): its versions, and deciding it anew in two steps."""

from __future__ import annotations

import streamlit as st

from dashboard import reads, rule_acts, rule_reads
from dashboard.administration.done import done
from dashboard.administration.moved_table import moved_table
from dashboard.administration.refusals import refusals_told
from dashboard.administration.rule_fields import value_field
from dashboard.administration.rule_list import SHIPPED, decided_table
from dashboard.administration.seen import seen_version
from dashboard.parts.leading import set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import label, option
from dashboard.rule_acts import RuleChange, RuleEffect
from dashboard.rule_reads import RuleLine
from dashboard.rule_words import effect_sentences
from dashboard.viewer import viewer_with
from supervision.city_rules import CITY_RULES, CityRule
from supervision.rights import Right
from supervision.scope import Viewer

_TRIAL = "rule_trial"
Trial = tuple[RuleChange, RuleEffect]


def rule_card(asked: str, who: Viewer) -> None:
    """The rule that stands in the address."""
    st.button("← 回到督办规则", type="tertiary", on_click=_leave)
    rule, subject = CITY_RULES.get(asked), st.query_params.get("kind", "")
    if rule is None or (subject and subject not in rule_reads.kinds(who)):
        st.info("没有这项规则。")
        return
    line = rule_reads.city_rule(who, reads.today(), asked, subject)
    since = f"自 {line.valid_from:%Y-%m-%d} 起，依据：{line.basis}" if line.valid_from else SHIPPED
    headline(f"{line.full_label}：{line.words}", since, key="rule")
    left, right = st.columns([5, 7], gap="large")
    with left:
        _form(rule, line, who)
        if rule.by_kind and not subject:
            _own_of_a_kind(rule, who)
    with right:
        _trial(line)
        decided = [
            one for one in rule_reads.decided_rules(who, rule.name) if one.subject == subject
        ]
        headline(
            "历次规定",
            "" if decided else "本市还没有规定，按程序默认执行。调整先试算影响，确认后才实施。",
            key="rule_history",
        )
        if decided:
            decided_table(tuple(decided), key="rule_history")


def _form(rule: CityRule, line: RuleLine, who: Viewer) -> None:
    seen = seen_version(f"rule:{line.name}:{line.subject}", line.newest_id)
    today = reads.today()
    with st.form(f"rule:{line.name}:{line.subject}:{seen}"):
        own = True
        if line.subject:
            own = st.checkbox("单独规定（不勾选时与全部事项相同）", value=bool(line.value))
        value = value_field(rule, line.value or rule.default)
        valid_from = st.date_input("从哪天起实施", value=today, min_value=None, format="YYYY-MM-DD")
        basis = st.text_input("依据", max_chars=200, placeholder="文件名称文号、会议或批示")
        to_open = False
        if rule.moves_deadlines:
            to_open = st.checkbox("在办事项也按新规定重新推算期限（从今天起实施时可选）")
        if not st.form_submit_button("试算影响", type="primary"):
            return
    st.session_state.pop(_TRIAL, None)
    wanted = RuleChange(
        rule.name, value if own else "", valid_from, basis, line.subject, to_open, seen
    )
    with refusals_told():
        effect = rule_acts.rehearse_rule(wanted, viewer=who, as_of=today)
        st.session_state[_TRIAL] = (wanted, effect)


def _trial(line: RuleLine) -> None:
    """What the change would move, and the two ways on."""
    trial: Trial | None = st.session_state.get(_TRIAL)
    if trial is None or (trial[0].name, trial[0].subject) != (line.name, line.subject):
        return
    wanted, effect = trial
    with st.container(border=True, key="rule_trial_panel"):
        headline(
            f"试算：由“{effect.before}”改为“{effect.after}”",
            " ".join(effect_sentences(effect)),
            key="rule_trial",
        )
        moved_table(effect.movement.moved, key="rule_moved")
        with st.container(horizontal=True):
            sure = st.button("确认实施", type="primary", key="rule_sure")
            st.button("不改了", on_click=_forget)
    if sure:
        with refusals_told():
            who = viewer_with(Right.MANAGE_RULES)
            kept = rule_acts.decide_rule(wanted, viewer=who, as_of=reads.today())
            _forget()
            done(f"{kept.label}已定为：{kept.after}。{' '.join(effect_sentences(kept))}")


def _own_of_a_kind(rule: CityRule, who: Viewer) -> None:
    """The way to a rule of one category or origin."""
    offered = {option(name): subject for subject, name in rule_reads.kinds(who).items()}
    if not offered:
        st.caption("导入台账后，可以为某一问题分类或来源渠道单独规定。")
        return
    with st.form("rule_of_a_kind"):
        chosen = st.selectbox(
            "为一类事项单独规定", list(offered), index=None, placeholder="选择问题分类或来源渠道"
        )
        st.caption(label(f"先看问题分类的规定，再看来源渠道的，都没有的按全部事项的{rule.label}。"))
        sent = st.form_submit_button("去规定")
    if sent and chosen is not None:
        set_query(kind=offered[chosen])
        st.rerun()


def _leave() -> None:
    set_query(rule=None, kind=None)
    _forget()


def _forget() -> None:
    st.session_state.pop(_TRIAL, None)
