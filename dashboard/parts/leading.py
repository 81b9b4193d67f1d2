"""Links from a number to its rows: short, stable query parameters."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.parts.panels import headline
from dashboard.parts.sentences import ITEMS_PAGE
from supervision.worklists import Worklist


def lead_to(**wanted: object) -> dict[str, str]:
    """Query parameters for the next page; the shared filters keep themselves in the URL."""
    return {name: str(value) for name, value in wanted.items()}


def worklist_links(counts: Mapping[str, int]) -> None:
    """What asks for a decision today, one line each; only what there is."""
    waiting = [(worklist, counts[worklist]) for worklist in Worklist if counts.get(worklist)]
    headline(
        "需要拿主意的事" if waiting else "今天没有需要特别过问的事",
        "点一行看清单" if waiting else "",
        key="worklists",
    )
    with st.container(key="worklists"):
        for worklist, n in waiting:
            st.page_link(
                ITEMS_PAGE,
                label=f"**{n}** 件　{worklist.label}",
                query_params=lead_to(figure=worklist.value),
                width="stretch",
            )
