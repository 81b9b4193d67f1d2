"""Ways from a number to its rows and back: short, stable query parameters.

Every way says the shared filters too, so that it can be opened beside the page or sent to others.
On the page one is on no link reaches the address; there a button sets the query.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st

from dashboard.parts import filters
from dashboard.parts.panels import headline
from dashboard.parts.sentences import ITEMS_PAGE
from supervision.worklists import Worklist

_LIST_SAID = "list_said"


def lead_to(**wanted: object) -> dict[str, str | list[str]]:
    """The query of a link: the shared filters and what is wanted."""
    shared = {key: list(codes) for key, codes in filters.asked_now().items()}
    return {**shared, **{name: str(value) for name, value in wanted.items()}}


def open_item(item_id: object) -> NoReturn:
    """Show one item."""
    st.switch_page("app_pages/item.py", query_params={"id": str(item_id)})


def open_list(**wanted: object) -> NoReturn:
    """Show the rows behind a picture's part, within the shared filters."""
    st.switch_page(ITEMS_PAGE, query_params=lead_to(**wanted))


def remember_list(page: str = ITEMS_PAGE, title: str = "事项清单") -> None:
    """Keep what the address of the list says, for the way back from one of its items."""
    said = {name: st.query_params.get_all(name) for name in st.query_params if name != "id"}
    st.session_state[_LIST_SAID] = (page, title, said)


def back_to_list() -> None:
    """A link to the list that was looked at last."""
    page, title, said = st.session_state.get(_LIST_SAID, (ITEMS_PAGE, "事项清单", {}))
    with st.container(key="back"):
        st.page_link(page, label=f"← 回到{title}", query_params=said)


def set_query(**wanted: object) -> None:
    """For buttons: the same page with these parameters; None takes one away."""
    for name, value in wanted.items():
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(value)


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
