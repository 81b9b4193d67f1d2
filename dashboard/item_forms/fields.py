"""The fields of forms: plain widgets whose keys carry the form's token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import streamlit as st

from dashboard.item_forms.sheet import Sheet
from dashboard.parts.safe import option
from supervision.vocabulary import Worded

LONGEST_WORDS, LONGEST_LINE = 4000, 200
K = TypeVar("K")
W = TypeVar("W", bound=Worded)


def words(
    sheet: Sheet, name: str, title: str, *, hint: str = "", start: str | None = None
) -> str | None:
    """Several lines of text."""
    told = st.text_area(
        title, value=start or "", key=sheet.key(name), max_chars=LONGEST_WORDS, placeholder=hint,
        height=110,
    )  # fmt: skip
    return told.strip() or None


def line(
    sheet: Sheet, name: str, title: str, *, hint: str = "", start: str | None = None
) -> str | None:
    """One line of text."""
    told = st.text_input(
        title, value=start or "", key=sheet.key(name), max_chars=LONGEST_LINE, placeholder=hint
    )
    return told.strip() or None


def evidence(sheet: Sheet, title: str = "佐证材料") -> tuple[str, ...]:
    """Where each piece of evidence is, one a line."""
    told = st.text_area(
        title, key=sheet.key("evidence"), max_chars=LONGEST_WORDS, height=68,
        placeholder="每行一份，写文件名或编号，例如：路灯修复照片3张（督查室共享盘）",
    )  # fmt: skip
    return tuple(part for line in told.splitlines() if (part := line.strip()))


def pick(
    sheet: Sheet, name: str, title: str, choices: Mapping[K, str], *, start: K | None = None,
    hint: str = "请选择",
) -> K | None:  # fmt: skip
    """One of these, or none yet."""
    keys = list(choices)
    shown = [option(choices[key]) for key in keys]
    place = st.selectbox(
        title, range(len(keys)), key=sheet.key(name), placeholder=hint,
        index=keys.index(start) if start in choices else None,  # type: ignore[arg-type]
        format_func=shown.__getitem__,
    )  # fmt: skip
    return keys[place] if place is not None else None


def pick_or_write(
    sheet: Sheet, name: str, title: str, choices: Mapping[int, str]
) -> tuple[int | None, str | None]:
    """One of these, or a word of one's own: its key, or the word."""
    keys = {option(shown): key for key, shown in choices.items()}
    told = st.selectbox(
        title, list(keys), key=sheet.key(name), index=None, accept_new_options=True,
        placeholder="请选择，没有的直接写" if keys else "请写明，例如：面对面座谈会",
    )  # fmt: skip
    word = (told or "").strip()[:LONGEST_LINE]
    return (keys[word], None) if word in keys else (None, word or None)


def picks(
    sheet: Sheet, name: str, title: str, choices: Mapping[K, str], *, hint: str = "可不选"
) -> tuple[K, ...]:
    """Any number of these."""
    keys = list(choices)
    shown = [option(choices[key]) for key in keys]
    chosen = st.multiselect(
        title, range(len(keys)), key=sheet.key(name), placeholder=hint,
        format_func=shown.__getitem__,
    )  # fmt: skip
    return tuple(keys[place] for place in chosen)


def word(
    sheet: Sheet, name: str, title: str, words: Iterable[W], *, start: W | None = None
) -> W | None:
    """One word of a vocabulary, all that are offered in sight."""
    members = list(words)
    labels = [member.label for member in members]
    place = st.radio(
        title, range(len(members)), key=sheet.key(name), horizontal=True,
        index=members.index(start) if start in members else None,
        format_func=labels.__getitem__,
    )  # fmt: skip
    return members[place] if place is not None else None


def day(
    sheet: Sheet, name: str, title: str, *, start: date | None = None, least: date | None = None,
    most: date | None = None,
) -> date | None:  # fmt: skip
    """A day of the calendar, or none yet."""
    return st.date_input(
        title, value=start, min_value=least, max_value=most, key=sheet.key(name),
        format="YYYY-MM-DD",
    )  # fmt: skip


def tick(sheet: Sheet, name: str, title: str, *, start: bool = False) -> bool:
    """A yes or no."""
    return st.checkbox(title, value=start, key=sheet.key(name))
