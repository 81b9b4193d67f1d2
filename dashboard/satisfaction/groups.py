"""Answers by department, county, category or session: the bars, and the table that opens rows."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.leader_reads import SatisfactionSeen
from dashboard.parts.address_choice import code_asked, segments
from dashboard.parts.answer_charts import Answered, answers, in_order, interval_told
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.filters import ask_for, asked_now
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import open_list
from dashboard.parts.link_rows import NOBODY
from dashboard.parts.panels import chart_panel, headline
from dashboard.reads import Choices
from supervision.figures import FIGURES
from supervision.metrics import Rate
from supervision.vocabulary import PeerGroup, Satisfaction


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to divide the answers: column of the facts, the key by which an address leads to its
    rows, word for a line."""

    told: str
    column: str
    key: str
    whose: str


GROUPINGS = {
    "dept": Grouping("按牵头单位", "department_id", "lead", "单位"),
    "county": Grouping("按县(区)", "unit_id", "at", "县(区)"),
    "cat": Grouping("按问题分类", "category_id", "category", "分类"),
    "session": Grouping("按面对面场次", "session_id", "meeting", "场次"),
}
_GROUPING = "answers_of"
_TOLD = {code: grouping.told for code, grouping in GROUPINGS.items()}
QUESTIONS = {"result": "办理结果", "process": "办理过程"}
"""What can be judged; the facts call it so too."""
_RATE_OF = {"result": "satisfaction_rate", "process": "process_satisfaction_rate"}
_RATES = ("satisfaction_rate", "process_satisfaction_rate", "resolution_rate",
          "resolution_rate_by_unit")  # fmt: skip
_BESIDE = ("unreached", "no_opinion", "not_called")
MOST_ROWS = 12
PEERS = (
    PeerGroup.CITY_DEPARTMENT, PeerGroup.COUNTY, PeerGroup.FUNCTIONAL_ZONE,
    PeerGroup.PUBLIC_SERVICE,
)  # fmt: skip
WIDER = "year"


def grouping_asked() -> Grouping:
    """How the address divides the answers."""
    return GROUPINGS[code_asked(st.query_params.get(_GROUPING, ""), _TOLD)]


def choose() -> str:
    """Draw the choice of how to divide, and of the question, which it gives."""
    with st.container(horizontal=True, vertical_alignment="center", key="answers_by"):
        segments("分组", _TOLD, key=_GROUPING)
        return segments("评价什么", QUESTIONS, key="asked")


def lines_of(
    seen: SatisfactionSeen, grouping: Grouping, names: Choices, question: str
) -> list[Answered]:
    """One line for each value of the grouping's column, in the order of the register."""
    known = names_of(grouping, names)
    places = {key: place for place, key in enumerate(known)}
    groups = {"department_id": names.peer_groups, "unit_id": names.unit_groups}.get(
        grouping.column, {}
    )
    found = [
        Answered(
            key := int(row[grouping.column] or 0),
            known.get(key, NOBODY[grouping.column]),
            {answer: row[f"{question}:{answer.value}"] for answer in Satisfaction},
            PeerGroup(groups[key]) if key in groups else None,
        )
        for row in seen.by_group.iter_rows(named=True)
    ]
    return sorted(found, key=lambda line: places.get(line.key, len(places)))


def names_of(grouping: Grouping, names: Choices) -> dict[int, str]:
    """Key → name of what the answers are divided by."""
    return {
        "department_id": names.short_names,
        "unit_id": names.units,
        "category_id": names.categories,
        "session_id": names.sessions,
    }[grouping.column]


def draw_groups(
    seen: SatisfactionSeen, grouping: Grouping, asked: str, names: Choices, *, dark: bool
) -> None:
    """The bars of one question."""
    slug = _RATE_OF[asked]
    choices = st.container(horizontal=True, vertical_alignment="center", key="answers_peers")
    with choices:
        lines, peers = _among_peers(lines_of(seen, grouping, names, asked), grouping)
    chart = answers(
        lines,
        what=peers + FIGURES[slug].name,
        whose=grouping.whose,
        whole=Rate.pooled(line.rate for line in lines),
        small_sample=seen.small_sample,
        dark=dark,
    )
    if lines and all(line.rate.is_small(seen.small_sample) for line in lines):
        with choices:
            _wider()
    name = f"answers_{asked}_{grouping.column}"
    if chosen := chart_panel(chart, key=fresh_key(name)):
        clicked_away(name)
        told = {"figure": slug, asked: chosen[0]["answer"]}
        open_list(**told, **_whose(grouping, int(chosen[0]["key"])))


def _among_peers(lines: list[Answered], grouping: Grouping) -> tuple[list[Answered], str]:
    """The lines of one peer group, chosen where there are several, and how it is called."""
    present = [group for group in PEERS if any(line.peers is group for line in lines)]
    if len(present) < 2:
        return lines, ""
    words = {group.value: group.label for group in present}
    chosen = segments("同类之间比", words, key=f"peers_{grouping.key}")
    return [line for line in lines if line.peers == chosen], words[chosen]


def _wider() -> None:
    """Nothing can be compared: a longer period may have enough cases."""
    if asked_now().get("period") != (WIDER,):
        st.button(
            "样本太少，放宽到本年", key="wider", type="tertiary", on_click=ask_for,
            args=({**asked_now(), "period": (WIDER,)},),
        )  # fmt: skip


def draw_table(seen: SatisfactionSeen, grouping: Grouping, names: Choices) -> None:
    """All lines with all rates and who is in none of them; each cell opens its rows."""
    lines = lines_of(seen, grouping, names, "result")
    ordered = [
        line
        for group in (*PEERS, None)
        for line in in_order([one for one in lines if one.peers is group], seen.small_sample)
    ]
    places = {line.key: place for place, line in enumerate(ordered)}
    known = names_of(grouping, names)
    rows = sorted(
        (row for row in seen.by_group.iter_rows(named=True) if _says_anything(row)),
        key=lambda row: places.get(int(row[grouping.column] or 0), len(places)),
    )
    if not rows:
        return
    headline("查看数据", "点数字看清单；率后为 n/N", key="answers_table")
    peers = {line.key: line.peers.label for line in lines if line.peers is not None}
    table = pd.DataFrame([_line(row, grouping, known) for row in rows])
    table["peers"] = [peers.get(key, "") for key in table["key"]]
    columns = {
        "name": FigureColumn(grouping.whose, 150),
        "satisfaction_rate": FigureColumn("满意率", 140),
        "interval": FigureColumn("95%区间", 84, told="威尔逊区间；件次越少越宽"),
        **{slug: FigureColumn(FIGURES[slug].name, 152) for slug in _RATES[1:]},
        **{
            slug: FigureColumn(FIGURES[slug].name, 92, is_number=True, told=_told(slug))
            for slug in _BESIDE
        },
        **({"peers": FigureColumn("同类组", 88)} if peers else {}),
    }
    keys = table.pop("key").tolist()
    cell = figure_table(
        table, keys, columns, key=f"answers_{grouping.key}", told="群众评价数据表",
        most_rows=MOST_ROWS,
    )  # fmt: skip
    if cell is not None:
        slug = "satisfaction_rate" if cell.column in ("name", "peers", "interval") else cell.column
        open_list(figure=slug, **_whose(grouping, cell.key))


def _told(slug: str) -> str:
    return FIGURES[slug].definition


def _says_anything(row: dict[str, int]) -> bool:
    return any(row[f"{slug}:of"] for slug in _RATES) or any(row[f"{s}:n"] for s in _BESIDE)


def _line(row: dict[str, int], grouping: Grouping, known: dict[int, str]) -> dict[str, object]:
    key = int(row[grouping.column] or 0)
    rates = {slug: Rate(row[f"{slug}:n"], row[f"{slug}:of"]) for slug in _RATES}
    return {
        "key": key,
        "name": known.get(key, NOBODY[grouping.column]),
        **{slug: rate.text() for slug, rate in rates.items()},
        "interval": interval_told(rates["satisfaction_rate"]),
        **{slug: row[f"{slug}:n"] for slug in _BESIDE},
    }


def _whose(grouping: Grouping, key: int) -> dict[str, object]:
    return {grouping.key: key} if key else {"nobody": grouping.column}
