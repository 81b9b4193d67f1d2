"""The sample city's stage: where items arise, who answers for them, and the sessions held."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import cache

from data_access.registers import Registers, TownshipEntry
from sample_data.texts import LOCAL_GOVERNMENT, Problem, hosts, problems
from sample_data.workdays import Workdays
from supervision.vocabulary import PeerGroup

COUNTY_WEIGHTS = {
    "源城区": 25,
    "东源县": 15,
    "和平县": 11,
    "龙川县": 17,
    "紫金县": 13,
    "连平县": 10,
    "江东新区": 6,
    "高新区": 3,
}
QUIET_TOWNSHIPS = 6
"""So many townships bring nothing: a map must be able to show that."""

CITY_LEVEL, COUNTY_LEVEL = "市级", "县(区)级"

# Share of rounds answered in time, where it differs from the usual: charts must have a point.
USUAL_PUNCTUALITY = 0.97
PUNCTUALITY = {
    "市住房和城乡建设局": 0.84,
    "市自然资源局": 0.87,
    "市城市管理和综合执法局": 0.90,
    "市交通运输局": 0.92,
    "市生态环境局": 0.93,
    "市水务局": 0.94,
    "市教育局": 0.985,
    "市公安局交警支队": 0.98,
    "市民政局": 0.985,
    "市医疗保障局": 0.99,
    "市信访局": 0.985,
    "龙川县人民政府": 0.86,
    "紫金县人民政府": 0.92,
    "和平县人民政府": 0.98,
}


@dataclass(frozen=True, slots=True)
class Session:
    """One 面对面 session; `host` is an office, never a person."""

    held_on: date
    theme: str
    host: str
    level: str
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item arises; a zone without townships has neither township nor village."""

    county: str
    township: str | None = None
    village: str | None = None

    @property
    def spoken_township(self) -> str:
        """What people call the place in a sentence."""
        return self.township or self.county

    @property
    def spoken_village(self) -> str:
        """The village or community, or the quarter of a zone that has none."""
        return self.village or f"{self.county}宿舍区"


class City:
    """Draws places and problems so that some counties, townships and themes stand out."""

    def __init__(self, registers: Registers, rng: random.Random) -> None:
        self._rng = rng
        self._townships: dict[str, list[TownshipEntry]] = {unit: [] for unit in registers.counties}
        loud = sorted(registers.townships, key=lambda entry: entry.code)
        quiet = {entry.code for entry in rng.sample(loud, QUIET_TOWNSHIPS)}
        for entry in loud:
            if entry.code not in quiet:
                self._townships[entry.reporting_unit].append(entry)
        self._weights = {
            unit: [rng.paretovariate(1.6) for _ in entries]
            for unit, entries in self._townships.items()
        }
        self._villages: dict[str, list[str]] = {}
        for village in registers.villages:
            if village.name:
                self._villages.setdefault(village.township_code, []).append(village.name)
        local = [
            entry.name
            for entry in registers.departments
            if entry.group in (PeerGroup.COUNTY, PeerGroup.FUNCTIONAL_ZONE)
        ]
        self.governments = {
            unit: next(name for name in local if unit in name) for unit in registers.counties
        }

    def place(self, county: str | None = None) -> Place:
        """A place in one county, or anywhere by weight."""
        if county is None:
            [county] = self._rng.choices([*COUNTY_WEIGHTS], [*COUNTY_WEIGHTS.values()])
        entries = self._townships[county]
        if not entries:
            return Place(county)
        [township] = self._rng.choices(entries, self._weights[county])
        village = self._rng.choice(self._villages[township.code])
        return Place(county, township.name, village)

    def problem(self, theme: str | None, place: Place) -> Problem:
        """A kind of problem of a theme that can arise in a place; IndexError if there is none."""
        return self._rng.choice(_fitting(theme, place.county, place.township is not None))

    def departments(
        self, problem: Problem, county: str, *, local_share: float
    ) -> tuple[str, tuple[str, ...]]:
        """Lead and co-departments by canonical name; a share of all is led by the county."""
        government = self.governments[county]
        lead, co = problem.lead, problem.co
        if lead != LOCAL_GOVERNMENT and self._rng.random() < local_share:
            lead, co = LOCAL_GOVERNMENT, (problem.lead, *problem.co)
        lead = government if lead == LOCAL_GOVERNMENT else lead
        co = tuple(government if name == LOCAL_GOVERNMENT else name for name in co)
        return lead, tuple(dict.fromkeys(name for name in co if name != lead))


@cache
def _fitting(theme: str | None, county: str, has_villages: bool) -> tuple[Problem, ...]:
    fitting = tuple(
        problem
        for problem in problems()
        if problem.place in (None, county) and theme in (None, problem.theme)
    )
    urban = tuple(problem for problem in fitting if "{村}" not in problem.title)
    return fitting if has_villages else urban or fitting


def session_series(
    rng: random.Random,
    workdays: Workdays,
    *,
    first: date,
    last: date,
    count: int,
    taken: set[tuple[date, str]],
    counties: tuple[str, ...] = (),
) -> list[Session]:
    """Evenly spaced sessions from `first` to `last`; of the counties in turn where given.

    No two sessions of one theme meet on one day: `taken` remembers those of other series.
    """
    bound = {problem.theme for problem in problems() if problem.place}
    themes = [theme for theme in hosts() if not (counties and theme in bound)]
    rng.shuffle(themes)
    series = []
    for n in range(count):
        held_on = workdays.after(first + (last - first) * n / max(count - 1, 1), 0)
        theme = next(
            themes[(n + k) % len(themes)]
            for k in range(len(themes))
            if (held_on, themes[(n + k) % len(themes)]) not in taken
        )
        taken.add((held_on, theme))
        if counties:
            county = counties[n % len(counties)]
            series.append(Session(held_on, theme, f"{county}分管领导", COUNTY_LEVEL, county))
        else:
            series.append(Session(held_on, theme, hosts()[theme], CITY_LEVEL))
    return series
