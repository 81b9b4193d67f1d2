"""部门, one of them (`?unit=ID`): its load, its rates, its year, its worst items."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import leader_reads, reads
from dashboard.due.ages import draw_ages
from dashboard.leader_reads import DepartmentSeen, DepartmentsSeen
from dashboard.parts.column_room import HALF
from dashboard.parts.leading import lead_to, open_item, set_query
from dashboard.parts.panels import headline
from dashboard.parts.safe import option
from dashboard.parts.tables import item_table
from dashboard.parts.tiles import tile_row
from dashboard.reads import Choices, Filters
from dashboard.units import standings as ranked
from dashboard.units.all_units import PART_OF_THE_CITY, period_told
from dashboard.units.card_tiles import unit_tiles
from dashboard.units.lines import unit_lines
from dashboard.units.year import ON_TIME, draw_year
from supervision.metrics import Rate
from supervision.scope import Viewer
from supervision.vocabulary import PeerGroup


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what of which department."""

    key: int
    who: Viewer
    as_of: date
    filters: Filters
    dark: bool


def draw_unit(
    asked: Asked,
    everyone: DepartmentsSeen,
    names: Choices,
    *,
    others: Collection[int] | None,
) -> None:
    """The whole page of one department; `others` may be turned to (None: all with items)."""
    seen = leader_reads.department(
        reads.change(), asked.who.scope, asked.as_of, asked.filters, asked.key
    )
    if others is None or others:
        _others(asked.key, others, everyone, names)
    if asked.who.scope.everything:
        place = _place(asked.key, everyone, names)
    else:
        own = names.departments[asked.key] in asked.who.scope.departments
        place = "" if own else f"{PART_OF_THE_CITY}；"
    into = names.merged_into.get(asked.key)
    merged = f"已并入{into}，没有办结的由其接办；" if into else ""
    headline(
        f"{names.departments[asked.key]}：{_told(seen)}",
        merged + place + period_told(seen.period, asked.as_of),
        key="unit_told",
    )
    first, second = unit_tiles(
        seen, lead_to(lead=asked.key), lead_to(help=asked.key), as_of=asked.as_of
    )
    tile_row(first, key="unit_tiles")
    tile_row(second, key="unit_more_tiles")
    left, right = st.columns(2, gap="large")
    with left:
        draw_year(seen, asked.key, dark=asked.dark, as_of=asked.as_of)
    with right:
        _overdue(seen, asked)


def _others(
    key: int, others: Collection[int] | None, everyone: DepartmentsSeen, names: Choices
) -> None:
    keys = [line.key for line in unit_lines(everyone, names) if line.key]
    keys += [one for one in everyone.helping["department_id"].to_list() if one not in keys]
    keys = keys if others is None else list(others)
    keys += [] if key in keys else [key]
    entries = {option(words): one for one, words in _called_apart(keys, names).items()}
    current = next(words for words, one in entries.items() if one == key)
    with st.container(horizontal=True, vertical_alignment="center", key="unit_choice"):
        st.button("← 回到全部单位", type="tertiary", on_click=set_query, kwargs={"unit": None})
        chosen = st.selectbox(
            "换一家单位", list(entries), index=list(entries).index(current), width=280,
            key=f"unit_chosen:{key}", label_visibility="collapsed",
        )  # fmt: skip
    if chosen is not None and entries[chosen] != key:
        set_query(unit=entries[chosen])
        st.rerun()


def _called_apart(keys: Collection[int], names: Choices) -> dict[int, str]:
    """Short names; whole ones beside them where two are called alike, as after a merge."""
    shorts = [names.short_names[one] for one in keys]
    return {
        one: f"{short}（{names.departments.get(one, one)}）" if shorts.count(short) > 1 else short
        for one, short in zip(keys, shorts, strict=True)
    }


def _told(seen: DepartmentSeen) -> str:
    """What it owes and how it keeps its days, in one sentence."""
    opened, late = (int(seen.values[slug][0] or 0) for slug in ("open", "overdue_open"))
    longest = seen.values["longest_overdue"][0]
    parts = [f"在办 {opened} 件" if opened else "没有在办事项"]
    if late:
        days = "" if longest is None else f"，最长逾期 {longest:g} 个工作日"
        parts.append(f"逾期未反馈 {late} 件{days}")
    elif opened:
        parts.append("没有逾期未反馈")
    on_time = _rate(seen, ON_TIME)
    if on_time.of:
        parts.append(f"按期反馈率 {on_time.text()}")
    return "，".join(parts)


def _rate(seen: DepartmentSeen, slug: str) -> Rate:
    n, of = seen.values[slug]
    return Rate(int(n or 0), int(of or 0))


def _place(key: int, everyone: DepartmentsSeen, names: Choices) -> str:
    """Its place in its peer group, where it is ranked."""
    lines = [line for line in unit_lines(everyone, names) if line.key]
    group = names.peer_groups.get(key)
    told = ranked.standings(
        [line for line in lines if line.group and line.group.value == group], everyone, ranked.SCORE
    )
    own = next((one for one in told.ranking.ranked if one.contender.key == key), None)
    word = PeerGroup(group).label if group else ""
    if own is None:
        return f"{word}，按期反馈不足 {told.least} 件次，本期不排名；" if word else ""
    example = "，示例权重" if told.weights.is_example else ""
    return (
        f"{word}第 {own.rank} 名（{len(told.ranking.ranked)} 家参加排名），"
        f"综合得分 {own.text()}{example}；"
    )


def _overdue(seen: DepartmentSeen, asked: Asked) -> None:
    draw_ages(seen.ages, dark=asked.dark, key="unit_ageing", lead=asked.key)
    worst = reads.described_items(reads.change(), asked.who.scope, asked.as_of, seen.worst)
    if worst.empty:
        return
    headline("逾期最久的事项", "按逾期工作日排列，点一行看详情", key="unit_worst")
    columns = ("days_overdue", "due_on", "title")
    table = item_table(worst, key="unit_worst", columns=columns, room=HALF)
    if table.opened is not None:
        open_item(table.opened)
