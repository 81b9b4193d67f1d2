"""All items of the sample city, chapter by chapter: which ledger tells of which items."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data_access.registers import shipped_registers
from sample_data.backlog import settle_backlog
from sample_data.city import City, Session, session_series
from sample_data.story import Fate, Item, Powers, Round
from sample_data.texts import (
    CALL_OPENINGS,
    CLOSINGS,
    MEETING_OPENINGS,
    VISIT_OPENINGS,
    Problem,
    estate,
    words,
    woven,
)
from sample_data.workdays import Workdays

COUNTY_LETTERS = {
    "源城区": "YC",
    "东源县": "DY",
    "和平县": "HP",
    "龙川县": "LC",
    "紫金县": "ZJ",
    "连平县": "LP",
    "江东新区": "JD",
    "高新区": "GX",
}
ITEMS_PER_SESSION = 15
MOST_SESSIONS = 60
FAULT_SHARE = 0.016
FAULTS = ("lead", "lead", "township", "due_on", "due_on")
# Nobody can bear these names, and nobody owns these numbers.
SURNAMES, GIVEN_NAMES = "赵钱孙李周吴郑王陈黄", ("示例", "演示", "虚构", "样例", "假设")
FICTIONAL_PREFIX = "1380000"
NEWEST_BATCHES = (15, 15, 14, 13, 12, 11, 9, 7, 5, 3, 2, 1)
"""Working days before the day shown on which the newest items were assigned: some fall due
today, some this week, some just came in."""
BATCHES = len(NEWEST_BATCHES)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A set of items that one ledger tells of; ages are days before the day shown."""

    key: str
    share: float
    oldest: int
    newest: int
    told: int
    """Age of the ledger: what happened later is not in it."""
    origin: str
    powers: Powers
    sessions: bool = False
    faulty: bool = False
    newest_share: float = 0.0
    """Share of items assigned within the last weeks, in NEWEST_BATCHES."""


CITY, ELSEWHERE = Powers(extend=True, reassign=True), Powers(extend=False, reassign=True)
CHAPTERS = (
    Chapter("first", 0.24, 725, 365, 325, "面对面座谈会", CITY, sessions=True, faulty=True),
    Chapter("second", 0.18, 360, 150, 115, "面对面座谈会", CITY, sessions=True),
    Chapter("counties", 0.16, 660, 50, 30, "县区面对面", ELSEWHERE, sessions=True, faulty=True),
    Chapter("hotline", 0.13, 365, 4, 0, "12345热线", ELSEWHERE, faulty=True),
    Chapter("traffic", 0.06, 300, 15, 0, "专项排查", ELSEWHERE),
    Chapter("estates", 0.04, 280, 15, 0, "小区走访", ELSEWHERE),
    Chapter(
        "latest",
        0.19,
        145,
        4,
        0,
        "面对面座谈会",
        CITY,
        sessions=True,
        faulty=True,
        newest_share=0.32,
    ),
)
OPENINGS = {"hotline": CALL_OPENINGS, "traffic": VISIT_OPENINGS, "estates": VISIT_OPENINGS}
THEMES = {"traffic": "道路交通秩序", "estates": "住房与物业"}


def population(*, items: int, as_of: date, seed: int) -> dict[str, list[Item]]:
    """Chapter key → its items by day of assignment; the same arguments give the same city."""
    chapters = _Birth(random.Random(seed), as_of).chapters(items)
    everything = [item for chapter in chapters.values() for item in chapter]
    settle_backlog(everything, Workdays(as_of), as_of)
    return chapters


class _Birth:
    def __init__(self, rng: random.Random, as_of: date) -> None:
        self._rng, self._as_of = rng, as_of
        self._workdays = Workdays(as_of)
        self._city = City(shipped_registers(), rng)
        self._fate = Fate(rng, self._workdays)
        self._told: set[tuple[str, str | None]] = set()
        self._held: set[tuple[date, str]] = set()
        self._numbers: Counter[str] = Counter()

    def chapters(self, items: int) -> dict[str, list[Item]]:
        counts = {chapter.key: round(items * chapter.share) for chapter in CHAPTERS}
        counts["first"] += items - sum(counts.values())
        return {
            chapter.key: [
                self._item(chapter, session, assigned_on)
                for session, assigned_on in sorted(
                    self._arrivals(chapter, counts[chapter.key]), key=lambda pair: pair[1]
                )
            ]
            for chapter in CHAPTERS
        }

    def _arrivals(self, chapter: Chapter, count: int) -> Iterator[tuple[Session | None, date]]:
        first, last = (
            self._as_of - timedelta(days=age) for age in (chapter.oldest, chapter.newest)
        )
        if not chapter.sessions:
            for _ in range(count):
                day = first + timedelta(days=self._rng.randint(0, (last - first).days))
                yield None, self._workdays.after(day, 0)
            return
        counties = tuple(COUNTY_LETTERS) if chapter.key == "counties" else ()
        held = max(len(counties), min(MOST_SESSIONS, count // ITEMS_PER_SESSION), 2)
        series = session_series(
            self._rng,
            self._workdays,
            first=first,
            last=last,
            count=held,
            taken=self._held,
            counties=counties,
        )
        newest = round(count * chapter.newest_share)
        settled = [session for session in series if session.held_on <= self._settled(chapter)]
        for n in range(count - newest):
            session = settled[n * len(settled) // (count - newest)]
            yield session, self._assigned_on(session, n)
        for n in range(newest):
            assigned_on = self._workdays.after(self._as_of, -NEWEST_BATCHES[n % BATCHES])
            yield max((s for s in series if s.held_on < assigned_on), key=_held_on), assigned_on

    def _settled(self, chapter: Chapter) -> date:
        """The last session whose items all went out before the newest batches did."""
        return self._as_of - timedelta(days=36 if chapter.newest_share else 0)

    def _assigned_on(self, session: Session, n: int) -> date:
        """A session's items go out from the third working day on, half of them over a week."""
        delay = 3 + session.held_on.day % 3 + (self._rng.randint(1, 6) if n % 2 else 0)
        return self._workdays.after(session.held_on, delay)

    def _item(self, chapter: Chapter, session: Session | None, assigned_on: date) -> Item:
        rng = self._rng
        theme = session.theme if session else THEMES.get(chapter.key)
        county = session.county if session else None
        due_on = self._workdays.after(assigned_on, 15)
        while True:
            place = self._city.place(county)
            try:
                problem = self._city.problem(theme, place)
            except IndexError:
                continue
            filling = words(
                rng, township=place.spoken_township, village=place.spoken_village, due_on=due_on
            )
            title = problem.title.format_map(filling)
            openings = OPENINGS.get(chapter.key, MEETING_OPENINGS)
            content = woven(rng, openings, problem.content, CLOSINGS, filling=filling)
            if (content, place.township) not in self._told:
                break
        self._told.add((content, place.township))
        lead, co = self._city.departments(
            problem, place.county, local_share=0.4 if chapter.key == "counties" else 0.1
        )
        joint, co = self._joint(chapter, co)
        received_on = session.held_on if session else assigned_on - timedelta(rng.randint(0, 3))
        faulty = chapter.faulty and rng.random() < FAULT_SHARE
        return Item(
            number=self._number(chapter, place.county, assigned_on),
            problem=problem,
            place=place,
            session=session,
            title=title,
            content=content,
            measures=woven(rng, problem.measure, filling=filling),
            lead=lead,
            joint=joint,
            co=co,
            origin=chapter.origin,
            received_on=min(received_on, assigned_on),
            reporter=rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES),
            phone=f"{FICTIONAL_PREFIX}{rng.randint(0, 9999):04d}",
            address=f"{place.spoken_township}{estate(rng)}{rng.randint(1, 30)}栋",
            rounds=self._rounds(chapter, problem, lead, assigned_on, filling),
            fault=rng.choice(FAULTS) if faulty else None,
        )

    def _rounds(
        self,
        chapter: Chapter,
        problem: Problem,
        lead: str,
        assigned_on: date,
        filling: dict[str, str],
    ) -> list[Round]:
        return self._fate.rounds(problem, lead, assigned_on, filling, may=chapter.powers)

    def _joint(
        self, chapter: Chapter, co: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Now and then the first co-department leads too."""
        if chapter.sessions and len(co) > 1 and self._rng.random() < 0.08:
            return co[:1], co[1:]
        return (), co

    def _number(self, chapter: Chapter, county: str, assigned_on: date) -> str:
        prefix = {
            "counties": f"{COUNTY_LETTERS[county]}-{assigned_on.year}",
            "hotline": f"DH{assigned_on:%Y%m%d}",
            "traffic": f"JT-{assigned_on.year}",
            "estates": f"XQ-{assigned_on.year}",
        }.get(chapter.key, f"HYMDM-{assigned_on.year}")
        self._numbers[prefix] += 1
        return f"{prefix}-{self._numbers[prefix]:04d}"


def _held_on(session: Session) -> date:
    return session.held_on
