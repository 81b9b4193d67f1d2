"""视图: the filters of a page kept under a name, for oneself or for everybody who sees items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode

import streamlit as st

from dashboard import view_acts
from dashboard.item_acts import StoreBusy
from dashboard.pages import PAGES, PageOf
from dashboard.parts import filters
from dashboard.parts.filter_state import KEYS
from dashboard.parts.safe import label, option
from dashboard.view_acts import LONGEST_NAME, SavedView, ViewRefused
from supervision.rights import NotPermitted, Right, may
from supervision.scope import Viewer

_PAGES = {page.url_path: page for page in PAGES}
NOT_KEPT = frozenset({"q", "sort", "id", "batch", *filters.PAGE_KEYS})
"""Words searched for may name a resident; the rest is a place in a list, not a view of it."""
_TOLD, _TURN = "view_told", "view_turn"


def draw_views(page: PageOf, who: Viewer) -> None:
    """Open, save, rename, share and delete views."""
    if told := st.session_state.pop(_TOLD, None):
        st.success(label(told))
    seen = [
        view
        for view in view_acts.views_open_to(viewer=who)
        if view.page in _PAGES and may(who, _PAGES[view.page].right)
    ]
    _list("我的视图", [view for view in seen if view.own], page)
    _list("共享的视图", [view for view in seen if not view.own], page)
    if not seen:
        st.caption("还没有保存的视图。选好筛选条件，起个名称保存下来，下次一点就到。")
    _save(page, who)
    mine = [view for view in seen if view.own or may(who, Right.MANAGE_RULES)]
    if mine:
        _keep(mine, who)


def _list(heading: str, views: list[SavedView], page: PageOf) -> None:
    if not views:
        return
    st.caption(heading)
    with st.container(key="own_views" if views[0].own else "shared_views", gap=None):
        for view in views:
            if st.button(label(_called(view)), key=f"view_{view.id}", type="tertiary"):
                _open(view, page)


def _open(view: SavedView, page: PageOf) -> None:
    query = {name: values for name, values in parse_qs(view.query).items() if name not in NOT_KEPT}
    if view.page != page.url_path:
        st.switch_page(f"app_pages/{_PAGES[view.page].script}", query_params=query)
    told: dict[str, list[str]] = {name: [] for name in st.query_params if name not in NOT_KEPT}
    for name, values in {**told, **query}.items():
        if name not in KEYS:
            st.query_params.update({name: values})
    filters.ask_for({name: tuple(told) for name, told in query.items() if name in KEYS})
    st.rerun()


def _save(page: PageOf, who: Viewer) -> None:
    # What was typed stays when it is refused, and is gone once it is saved.
    turn = st.session_state.setdefault(_TURN, 0)
    with st.form("save_view", border=False):
        name = st.text_input(
            "把现在的筛选保存为", max_chars=LONGEST_NAME, placeholder="例如：本月逾期、水务局在办",
            key=f"view_name_{turn}",
        )  # fmt: skip
        shared = may(who, Right.SHARE_VIEWS) and st.checkbox(
            "共享给所有能查看事项的人", key=f"view_shared_{turn}"
        )
        if st.form_submit_button("保存视图"):
            with _done(f"已保存视图“{name.strip()}”。"):
                view_acts.save_view(
                    name, page=page.url_path, query=_query(), shared=shared, viewer=who
                )


def _query() -> str:
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    return urlencode({name: told for name, told in asked.items() if name not in NOT_KEPT}, True)


def _keep(views: list[SavedView], who: Viewer) -> None:
    names = {option(_called(view)): view for view in views}
    with st.expander("改名、共享或删除"):
        view = names[st.selectbox("视图", list(names), key="view_kept")]
        if view.own:
            name = st.text_input("名称", view.name, max_chars=LONGEST_NAME, key=f"name_{view.id}")
            shared = may(who, Right.SHARE_VIEWS) and st.checkbox(
                "共享给所有能查看事项的人", view.shared, key=f"share_{view.id}"
            )
            if st.button("保存修改", key="change_view"):
                with _done("视图已修改。"):
                    view_acts.change_view(
                        view.id, name, shared=shared, row_version=view.row_version, viewer=who
                    )
        if st.button("删除这个视图", key="delete_view"):
            with _done(f"已删除视图“{view.name}”。"):
                view_acts.delete_view(view.id, row_version=view.row_version, viewer=who)


def _called(view: SavedView) -> str:
    by = "" if view.own else f"，{view.owner_name}"
    shared = "，已共享" if view.own and view.shared else ""
    return f"{view.name}（{_PAGES[view.page].title}{by}{shared}）"


@contextmanager
def _done(sentence: str) -> Iterator[None]:
    """Tell it and draw the box anew; or tell why not."""
    try:
        yield
    except (NotPermitted, StoreBusy, ViewRefused) as refusal:
        st.error(label(refusal))
    else:
        st.session_state[_TOLD] = sentence
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.rerun()
