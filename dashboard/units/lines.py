"""The departments of 部门 as lines: names, peer group and figures; nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.leader_reads import DepartmentsSeen
from dashboard.parts.overview_frames import NO_LEAD
from dashboard.reads import Choices
from supervision.metrics import Rate
from supervision.ranking import Contender
from supervision.vocabulary import PeerGroup


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One lead department; key 0 stands for items whose lead nobody knows."""

    key: int
    name: str
    short_name: str
    group: PeerGroup | None
    place: int
    """Its place in the register."""
    figures: dict[str, Any]
    """`slug:n` and `slug:of`."""

    def count(self, slug: str) -> int:
        """The number of a figure."""
        return int(self.figures[f"{slug}:n"])

    def rate(self, slug: str) -> Rate:
        """The rate of a figure, with its cases."""
        return Rate(self.count(slug), int(self.figures[f"{slug}:of"]))

    def contends(self, slugs: Iterable[str]) -> Contender:
        """What a ranking needs to know of it."""
        return Contender(self.key, self.place, {slug: self.rate(slug) for slug in slugs})


def unit_lines(seen: DepartmentsSeen, names: Choices) -> list[UnitLine]:
    """Every department with rows, in the order of the register; who is nobody comes last."""
    places = {key: place for place, key in enumerate(names.short_names)}
    lines = [
        UnitLine(
            key := int(row["department_id"] or 0),
            names.departments.get(key, names.short_names.get(key, NO_LEAD)),
            names.short_names.get(key, NO_LEAD),
            PeerGroup(names.peer_groups[key]) if key in names.peer_groups else None,
            places.get(key, len(places)),
            row,
        )
        for row in seen.figures.iter_rows(named=True)
    ]
    return sorted(lines, key=lambda line: line.place)


def light_counts(seen: DepartmentsSeen, lines: Iterable[UnitLine]) -> pd.DataFrame:
    """department, name, short_name, light, n of these lines: what the stacked chart takes."""
    of_key = {line.key: line for line in lines}
    rows = [
        {
            "department": line.key,
            "name": line.name,
            "short_name": line.short_name,
            "light": str(row["light"]),
            "n": row["n"],
        }
        for row in seen.by_light.iter_rows(named=True)
        if (line := of_key.get(int(row["department_id"] or 0))) is not None
    ]
    return pd.DataFrame(rows, columns=["department", "name", "short_name", "light", "n"])
