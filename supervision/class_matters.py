"""类案: a kind of problem made a matter of its own, from solving one to solving a class."""

from __future__ import annotations

from supervision.vocabulary import Worded

LONGEST_NAME, LONGEST_TEXT = 40, 1_000
MOST_ITEMS = 500
"""So many items are added at once at most."""


class MatterState(Worded):
    """Where a 类案 stands; its items keep their own states and deadlines."""

    OPEN = "open", "推进中"
    CLOSED = "closed", "已办结"


class MatterRefused(Exception):
    """Nothing was done; the text is a Chinese sentence."""


STALE = "这个类案刚被别人改过，请刷新后再办。"
CLOSED = "这个类案已经办结，要再改请先重新推进。"
OPEN_ALREADY = "这个类案正在推进。"
LEAD_ENDED = "所选的牵头单位已经停用或并入其他单位，请选择承接的单位。"
OUT_OF_REACH = "这个类案含有您可见范围以外的事项，请由可见全部事项的人办理。"
NOTHING_CHOSEN = "请至少选一件事项。"
IN_NO_MATTER = "所选事项都不在类案里，没有改动。"


def name_refused(name: str) -> str | None:
    """Why a 类案 cannot be called so; None when it can."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return f"请填写类案名称（1 到 {LONGEST_NAME} 个字）。"
    return None


def text_refused(text: str, what: str, *, needed: bool = False) -> str | None:
    """Why these measures or this result cannot be kept; None when they can."""
    if needed and not text:
        return f"请填写{what}。"
    if len(text) > LONGEST_TEXT:
        return f"{what}最多 {LONGEST_TEXT} 个字。"
    return None


def items_refused(chosen: int, taken: int) -> str | None:
    """Why these items cannot be added: none, too many, or all of them in a 类案 already."""
    if not chosen:
        return NOTHING_CHOSEN
    if chosen > MOST_ITEMS:
        return f"一次最多加入 {MOST_ITEMS} 件事项，请分几次。"
    if taken == chosen:
        return "所选事项都已经在类案里了，没有重复加入。"
    return None


def left_sentence(gone: int) -> str:
    """What taking out did, in one line."""
    return f"已把 {gone} 件事项移出类案。事项各按自己的期限办理。"


def added_sentence(name: str, added: int, elsewhere: int) -> str:
    """What adding did, in one line."""
    left = f"，另有 {elsewhere} 件已在类案里，没有重复加入" if elsewhere else ""
    return f"“{name}”加入 {added} 件事项{left}。事项各按自己的期限办理。"
