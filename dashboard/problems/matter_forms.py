"""The forms of 类案: made of chosen items, joined by more, changed, closed, taken up again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard import form_reads, leader_reads, problem_acts, reads
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.administration.seen import seen_version
from dashboard.item_acts import new_token
from dashboard.leader_reads import ClassMatter
from dashboard.meetings.holder_box import holder_box
from dashboard.parts.safe import label, option
from dashboard.problem_acts import MatterWanted
from dashboard.problems.part_choice import MATTERS, turn_to
from dashboard.reads import Filters
from dashboard.viewer import viewer
from supervision.class_matters import LONGEST_NAME, LONGEST_TEXT, MatterState, added_sentence
from supervision.rights import Right, may
from supervision.scope import Viewer

_TOKEN = "matter_token"
LONGEST_LIST, MOST_NAMED = 20_000, 5


def offer_matter(item_ids: Sequence[int], name: str, who: Viewer, as_of: date) -> None:
    """从解决一个问题到解决一类问题: a new 类案 of these items, or one that stands."""
    if not may(who, Right.KEEP_MATTERS):
        return
    making, joining = st.columns(2, gap="large")
    with making, st.popover(f"把这 {len(item_ids)} 件立为类案", type="primary"):
        make_form(item_ids, name, who, as_of, then=_turn_to)
    if standing := standing_matters(who, as_of):
        with joining, st.popover("加入已有的类案"):
            join_form(item_ids, standing, as_of, then=_turn_to)


def _turn_to(matter_id: int) -> None:
    turn_to(MATTERS, matter=matter_id)


def standing_matters(who: Viewer, as_of: date) -> list[ClassMatter]:
    """The 类案 that items can still join."""
    every = leader_reads.class_matters(reads.change(), who.scope, as_of, Filters())
    return [one for one in every if one.state is MatterState.OPEN]


def make_form(
    item_ids: Sequence[int], name: str, who: Viewer, as_of: date, *, then: Callable[[int], None]
) -> None:
    """A new 类案 of these items; `then` is told which it became."""
    chosen = hashlib.sha256(repr(item_ids).encode()).hexdigest()[:12]
    with st.form(f"make_matter:{chosen}", border=False):
        wanted = _fields(who, as_of, MatterWanted(name[:LONGEST_NAME], None, ""))
        if not st.form_submit_button("立为类案", type="primary"):
            return
    held: tuple[str, str] | None = st.session_state.get(_TOKEN)
    if held is None or held[0] != chosen:
        held = chosen, new_token()
        st.session_state[_TOKEN] = held
    with refusals_told():
        made = problem_acts.make_matter(
            wanted, item_ids, token=held[1], as_of=as_of, viewer=viewer()
        )
        then(made.matter_id)
        done(added_sentence(" ".join(wanted.name.split()), made.added, made.elsewhere))


def join_form(
    item_ids: Sequence[int],
    standing: Sequence[ClassMatter],
    as_of: date,
    *,
    then: Callable[[int], None],
) -> None:
    """One of the 类案 that stand takes them in."""
    names = {f"{option(one.name)}（{one.id}）": one for one in standing}
    chosen = st.selectbox("类案", list(names), key="join_matter")
    if st.button(f"加入 {len(item_ids)} 件", key="join_matter_now"):
        with refusals_told():
            matter = names[chosen]
            joined = problem_acts.add_to_matter(matter.id, item_ids, as_of=as_of, viewer=viewer())
            then(matter.id)
            done(added_sentence(matter.name, joined.added, joined.elsewhere))


def _fields(who: Viewer, as_of: date, told: MatterWanted) -> MatterWanted:
    name = st.text_input("类案名称", value=told.name, max_chars=LONGEST_NAME)
    lead = holder_box(
        "牵头单位", reads.choices(reads.change(), who.scope, as_of).departments,
        form_reads.form_choices(who.scope, as_of).departments,
        kept=told.lead_department_id, unsaid="暂不确定",
    )  # fmt: skip
    measures = st.text_area(
        "从根上解决的措施", value=told.measures, max_chars=LONGEST_TEXT,
        placeholder="例如：出台加装电梯补偿指引，简化报建，一小区一方案",
    )  # fmt: skip
    return MatterWanted(name, lead, measures)


def matter_forms(matter: ClassMatter, chosen: Sequence[int], who: Viewer, as_of: date) -> None:
    """What may be done with a 类案 on its own page; `chosen` are the items that are ticked."""
    if not may(who, Right.KEEP_MATTERS):
        return
    version = seen_version(f"matter:{matter.id}", matter.row_version)
    with st.container(horizontal=True, key="matter_acts"):
        if matter.state is MatterState.CLOSED:
            if st.button("重新推进", key="reopen_matter"):
                with refusals_told():
                    problem_acts.reopen_matter(
                        matter.id, row_version=version, as_of=as_of, viewer=viewer()
                    )
                    done(f"“{matter.name}”重新推进。")
            return
        with st.popover("更正"):
            _change(matter, version, who, as_of)
        with st.popover("加入事项"):
            _add_numbered(matter, who, as_of)
        with st.popover("类案办结"):
            _close(matter, version, as_of)
        if chosen and st.button(f"移出勾选的 {len(chosen)} 件", key="take_from_matter"):
            with refusals_told():
                gone = problem_acts.take_from_matter(
                    matter.id, chosen, as_of=as_of, viewer=viewer()
                )
                done(f"已把 {gone} 件移出“{matter.name}”。")


def _change(matter: ClassMatter, version: int, who: Viewer, as_of: date) -> None:
    was = MatterWanted(matter.name, matter.lead_department_id, matter.measures)
    with st.form(f"change_matter:{matter.id}:{version}", border=False):
        wanted = _fields(who, as_of, was)
        if not st.form_submit_button("保存", type="primary"):
            return
    with refusals_told():
        problem_acts.change_matter(
            matter.id, wanted, row_version=version, as_of=as_of, viewer=viewer()
        )
        done("已保存。")


def _close(matter: ClassMatter, version: int, as_of: date) -> None:
    with st.form(f"close_matter:{matter.id}:{version}", border=False):
        st.caption("类案办结不影响其中的事项：没有办结的仍按各自的期限办理。")
        result = st.text_area("办理结果", max_chars=LONGEST_TEXT)
        if not st.form_submit_button("办结", type="primary"):
            return
    with refusals_told():
        problem_acts.close_matter(
            matter.id, result, row_version=version, as_of=as_of, viewer=viewer()
        )
        done(f"“{matter.name}”已办结。")


def _add_numbered(matter: ClassMatter, who: Viewer, as_of: date) -> None:
    with st.form(f"add_to_matter:{matter.id}", border=False):
        said = st.text_area("事项编号", max_chars=LONGEST_LIST, placeholder="每行一个编号")
        if not st.form_submit_button("加入", type="primary"):
            return
    numbers = tuple(dict.fromkeys(filter(None, (line.strip() for line in said.splitlines()))))
    found = leader_reads.items_numbered(reads.change(), who.scope, as_of, numbers)
    unknown = [number for number in numbers if number not in found]
    if unknown:
        more = f"等 {len(unknown)} 个" if len(unknown) > MOST_NAMED else ""
        named = "、".join(unknown[:MOST_NAMED])
        st.error(label(f"没有找到编号 {named}{more}，一件也没有加入。"))
        return
    with refusals_told():
        chosen = [key for keys in found.values() for key in keys]
        joined = problem_acts.add_to_matter(matter.id, chosen, as_of=as_of, viewer=viewer())
        done(added_sentence(matter.name, joined.added, joined.elsewhere))
