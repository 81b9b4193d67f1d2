"""The page 督办单 and an item's page as one person sees them, for their tests."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data_access.reads.notice_papers import notice_lines
from supervision.beside_acts import BesideAct
from supervision.loop_words import NoticeKind, NoticeLevel, NoticeState, NoticeTrigger
from supervision.scope import Scope
from tests.acting import OFFICER, Walk, stored_item
from tests.dashboard.administering import Desk
from tests.factories import TODAY

CITY = Scope.whole_city()
HOSTILE = "**路灯** ![x](http://evil/p.png) <b>不亮</b>"


def late_item(store: Engine) -> Walk:
    """An item that is 18 working days overdue, with a title that wants to be more than text."""
    days = {"assigned_on": date(2026, 10, 9), "due_on": date(2026, 10, 30)}
    return Walk(store, stored_item(store, title=HOSTILE, **days))


def page(view: str = "") -> Desk:
    return Desk("notices.py", **({"view": view} if view else {}))


def item_page(walk: Walk) -> Desk:
    return Desk("item.py", id=str(walk.item_id))


def tick(desk: Desk, key: str) -> Desk:
    """The first row's box of the table whose key begins so."""
    name = next(one.proto.id for one in desk.app.dataframe if key in one.proto.id)
    desk.app.session_state[name.partition("-")[2].partition("-")[2] or name] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    return desk.run()


def press_last(desk: Desk, words: str) -> Desk:
    """The button of the dialog, not the one that opened it."""
    [one for one in desk.app.button if one.label == words][-1].click()
    return desk.run()


def fill(desk: Desk, words: str, text: str) -> Desk:
    next(one for one in desk.app.text_area if one.label.startswith(words)).set_value(text)
    return desk


def everything(desk: Desk) -> str:
    """What the page says, drawn lists included."""
    return desk.said + "".join(str(block.proto.body) for block in desk.app.get("html"))


def lines(store: Engine) -> list[dict[str, object]]:
    states = frozenset(NoticeState)
    return notice_lines(store, scope=CITY, as_of=TODAY, states=states).to_dict("records")


def drafted(walk: Walk) -> int:
    walk.does(
        BesideAct.DRAFT_NOTICE, OFFICER, text="请抓紧办理。", level=NoticeLevel.RED,
        notice_kind=NoticeKind.SUPERVISION, trigger=NoticeTrigger.OVERDUE,
    )  # fmt: skip
    return int(str(lines(walk.engine)[0]["notice_id"]))
