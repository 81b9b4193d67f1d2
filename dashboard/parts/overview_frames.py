"""The overview's frames in the shape that charts take: keys become names, nothing is counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.reads import Choices, Overview
from supervision.vocabulary import Light

NO_LEAD = "牵头单位不明"


def figures(seen: Overview) -> dict[str, dict[str, Any]]:
    """slug → n, of, n_before, of_before."""
    return {row["slug"]: row for row in seen.tiles.iter_rows(named=True)}


def by_department(seen: Overview, names: Choices) -> pd.DataFrame:
    """department (id; 0: nobody knows), name, short_name, light, n."""
    frame = seen.by_department.to_pandas()
    keys = frame["department_id"].fillna(0).astype(int)
    return pd.DataFrame(
        {
            "department": keys,
            "name": keys.map(lambda key: names.departments.get(key, NO_LEAD)),
            "short_name": keys.map(lambda key: names.short_names.get(key, NO_LEAD)),
            "light": frame["light"].astype(str),
            "n": frame["n"],
        }
    )


def worst_departments(counts: pd.DataFrame) -> list[tuple[str, int]]:
    """(short name, overdue items) of those who owe any, most first."""
    red = counts[counts["light"] == Light.RED.value].sort_values(
        ["n", "department"], ascending=[False, True]
    )
    return list(zip(red["short_name"].astype(str), red["n"].tolist(), strict=True))


def overdue_by_township(seen: Overview) -> pd.DataFrame:
    """code, n: overdue items of each township; code 0 for those located nowhere."""
    frame = seen.by_township.to_pandas()
    return pd.DataFrame(
        {
            "code": frame["township_code"].fillna(0).astype("int64").astype(str),
            "n": frame["overdue"],
        }
    )
