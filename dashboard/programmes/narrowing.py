"""Which entries an address asks for: a figure and its part, a light, a group, a cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.parts.filter_state import days_of
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.told import Asked, cycle_of, figure_of
from supervision.programme_figures import Entry, subject_of
from supervision.programme_words import definition_told
from supervision.programmes import RATES, FieldKind, Measure, ProgrammeFigure
from supervision.vocabulary import Light

KEYS = ("figure", "cycle", "part", "lamp", "by", "is", "days", "back", "entry")
"""Keys of the address beside the shared filters."""
NOBODY = "-"
"""No choice is called so, and a cell with it is blank."""
HITS, REST = "n", "rest"
MOST_BACK = 60
_FIRST = (Light.RED, Light.YELLOW, Light.GREEN)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The entries in question, what they were narrowed to, and which count for the figure."""

    entries: tuple[Entry, ...]
    told: tuple[str, ...]
    figure: ProgrammeFigure | None = None
    hits: frozenset[int] = frozenset()
    back: int | None = None
    """Of a rate of coverage: so many cycles before the running one. Its rows are those who have
    to report, until one of them is asked for."""

    @property
    def is_rate(self) -> bool:
        """Whether some of the entries are counted and the others are what they stand out of."""
        return self.hits_matter and self.back is None

    @property
    def hits_matter(self) -> bool:
        """Whether the figure has a part that it counts and one that it does not."""
        return self.figure is not None and self.figure.measure in RATES


def narrowed(seen: ProgrammeSeen, url: Mapping[str, str], asked: Asked) -> Narrowed:
    """Read the address; what it says that nobody knows is left out. What is late comes first."""
    found = _found(seen, url, asked)
    return replace(found, entries=tuple(sorted(found.entries, key=lambda one: _urgency(seen, one))))


def _urgency(seen: ProgrammeSeen, entry: Entry) -> tuple[int, int]:
    light = seen.lights.get(entry.id)
    place = _FIRST.index(light) if light in _FIRST else len(_FIRST)
    return place, -(seen.late.get(entry.id) or 0)


def _found(seen: ProgrammeSeen, url: Mapping[str, str], asked: Asked) -> Narrowed:
    entries, told = _grouped(seen, url)
    figure = seen.programme.figure(url.get("figure", ""))
    if figure is not None:
        return _by_figure(seen, figure, url, asked, entries, told)
    if (cycle := url.get("cycle", "")) in {one.name for one in seen.programme.cycles}:
        return _by_cycle(seen, cycle, None, url, asked, told)
    light = url.get("lamp", "")
    if light in list(Light):
        entries = tuple(one for one in entries if seen.lights.get(one.id) == light)
        told.append(Light(light).label)
    return Narrowed(entries, tuple(told))


def _grouped(seen: ProgrammeSeen, url: Mapping[str, str]) -> tuple[tuple[Entry, ...], list[str]]:
    names = {field.name: field for field in seen.programme.fields}
    by = names.get(url.get("by", ""))
    if by is None or "is" not in url:
        return seen.entries, []
    wanted = url["is"]
    entries = tuple(
        one for one in seen.entries
        if group_code(subject_of(seen.programme, by.name, one)) == wanted
    )  # fmt: skip
    return entries, [f"{by.label}：{group_told(seen, by.name, wanted)}"]


def group_code(key: object) -> str:
    """A group as an address says it."""
    return NOBODY if key is None else str(key)


def group_told(seen: ProgrammeSeen, by: str, code: str) -> str:
    """A group in words."""
    field = seen.programme.field(by)
    if code == NOBODY:
        return "未填"
    names = {
        FieldKind.COUNTY: seen.names.counties,
        FieldKind.TOWNSHIP: seen.names.townships,
        FieldKind.DEPARTMENT: seen.names.departments,
    }.get(field.kind)
    if names is not None:
        return names.get(int(code), "?") if code.isdecimal() and len(code) < 19 else "?"
    choice = field.choice(code)
    return choice.label if choice is not None else code


def _by_figure(
    seen: ProgrammeSeen, figure: ProgrammeFigure, url: Mapping[str, str], asked: Asked,
    entries: tuple[Entry, ...], told: list[str],
) -> Narrowed:  # fmt: skip
    if figure.measure is Measure.COVERED_RATE:
        return _by_cycle(seen, figure.cycle or "", figure, url, asked, told)
    if (days := days_of(url.get("days", ""))) is not None:
        asked = Asked(asked.as_of, days.cut_at(asked.as_of))
        told.append(f"{days.first:%Y-%m-%d} 至 {days.last:%Y-%m-%d}")
    found = figure_of(seen, figure, asked, entries)
    part = url.get("part")
    hits = frozenset(one.id for one in found.hits)
    rows = found.whole
    words = f"{figure.label} {found.text()}" if figure.measure in RATES else figure.label
    if part == HITS:
        rows, words = found.hits, f"{figure.label}的分子"
    elif part == REST:
        rows = tuple(one for one in found.whole if one.id not in hits)
        words = f"{figure.label}没有算进分子的"
    return Narrowed(rows, (words, *told), figure, hits)


def _by_cycle(
    seen: ProgrammeSeen, name: str, figure: ProgrammeFigure | None, url: Mapping[str, str],
    asked: Asked, told: list[str],
) -> Narrowed:  # fmt: skip
    """Of a cycle the rows are its entries; of its rate the page lists who reports beside them."""
    said = url.get("back", "0")
    back = int(said) if said.isdecimal() and len(said) < 4 else 0
    back = back if back <= MOST_BACK else 0
    cycle = cycle_of(seen, name, asked.as_of, back=back)
    wanted = {one.id for one in _grouped(seen, url)[0]}
    entries = tuple(entry for one in cycle.reporters for entry in one.entries if entry.id in wanted)
    words = f"{cycle.span.first:%Y-%m-%d} 至 {cycle.span.last:%Y-%m-%d} 报送的"
    if figure is None or "by" in url:
        return Narrowed(entries, (words, *told))
    return Narrowed(entries, (words, *told), figure, back=back)


def definition_of(seen: ProgrammeSeen, found: Narrowed) -> str:
    """What the figure of the list counts; empty where no figure is asked for."""
    return definition_told(seen.programme, found.figure) if found.figure else ""
