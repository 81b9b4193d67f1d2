"""责任单位 in the forms of commitments and milestones: one of those that are in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.parts.safe import option


def holder_box(
    words: str, names: Mapping[int, str], in_force: Collection[int], *, kept: int | None,
    unsaid: str,
) -> int | None:  # fmt: skip
    """The department chosen; one that has ended is offered only to what has it already (`kept`).

    `unsaid` stands in the box while nothing is chosen.
    """
    offered = {key: option(name) for key, name in names.items() if key in in_force}
    if kept is not None and kept in names and kept not in offered:
        offered = {kept: option(f"{names[kept]}（已停用或并入）"), **offered}
    keys = list(offered)
    return st.selectbox(
        words, keys, format_func=offered.__getitem__, placeholder=unsaid,
        index=keys.index(kept) if kept in offered else None,
    )  # fmt: skip
