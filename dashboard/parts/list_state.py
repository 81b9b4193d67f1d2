"""What a list page is asked for, read from the URL and checked: nothing from it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.parts.link_rows import ROW_KEYS, narrowed_to_rows
from dashboard.reads import FIGURE_SLUGS, Choices, Filters, Gathering
from supervision.figures import FIGURES
from supervision.worklists import DueList, Worklist

LONGEST_TEXT = 60
LONGEST_KEY, NO_KEY = 18, -1
GATHERED = {
    Gathering.ALIKE: "一组用语相近的诉求",
    Gathering.AGAIN: "反复反映的同一件事",
    Gathering.MATTER: "一个类案的事项",
}
LINK_KEYS = ("figure", "lead", "place", "batch", *map(str, GATHERED), *ROW_KEYS)
"""What a link may narrow the list to."""


@dataclass(frozen=True, slots=True)
class ListState:
    """The list's own part of the question, beside the shared filters."""

    filters: Filters
    told: tuple[str, ...]
    """Chinese phrases for what the URL adds to the shared filters."""


def list_state(shared: Filters, url: Mapping[str, str], names: Choices) -> ListState:
    """Shared filters narrowed by figure, lead, place and batch of the URL; unknown ones ignored."""
    filters, told = shared, []
    slug = url.get("figure", "")
    if slug in FIGURE_SLUGS:
        filters = replace(filters, figure=slug)
        told.append(figure_name(slug))
    lead = _key(url.get("lead", ""))
    if lead in names.departments:
        filters = replace(filters, departments=(lead,))
        told.append(names.departments[lead])
    place = _key(url.get("place", ""))
    if place == 0:
        filters = replace(filters, unlocated=True)
        told.append("未定位到镇(街)")
    elif place in names.townships:
        filters = replace(filters, townships=(place,))
        told.append(names.townships[place][0])
    batch = _key(url.get("batch", ""))
    if batch >= 0:
        filters = replace(filters, batch=batch)
        told.append(f"第 {batch} 批导入新增或更新的事项")
    for gathering, words in GATHERED.items():
        if (key := _key(url.get(gathering, ""))) >= 0:
            filters = replace(filters, among=(*filters.among, (gathering, key)))
            matter = names.matters.get(key) if gathering is Gathering.MATTER else None
            told.append(words if matter is None else f"类案“{matter}”的事项")
    filters, rows_told = narrowed_to_rows(filters, url, names)
    return ListState(filters, (*told, *rows_told))


def _key(asked: str) -> int:
    """A key of the store as a link writes it; NO_KEY for what is none."""
    # Reading thousands of digits is refused by Python itself, and the store knows no such key.
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_KEY else NO_KEY


def figure_name(slug: str) -> str:
    """The Chinese name of a figure or list."""
    if slug in list(Worklist):
        return Worklist(slug).label
    if slug in list(DueList):
        return DueList(slug).label
    return FIGURES[slug].name
