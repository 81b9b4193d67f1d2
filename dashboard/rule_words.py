"""What a change of rules or calendar moves, in Chinese sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Moves(Protocol):
    """What counting deadlines again moved and left."""

    @property
    def moved(self) -> Sequence[object]: ...
    @property
    def become_overdue(self) -> int: ...
    @property
    def settled(self) -> int: ...
    @property
    def stated(self) -> int: ...
    @property
    def extended(self) -> int: ...
    @property
    def already_overdue(self) -> int: ...
    @property
    def verdicts_changed(self) -> int: ...


class List(Protocol):
    """A list that grows or shrinks."""

    @property
    def name(self) -> str: ...
    @property
    def before(self) -> int: ...
    @property
    def after(self) -> int: ...


class Effect(Protocol):
    """What a change of a rule does."""

    @property
    def valid_from(self) -> date: ...
    @property
    def to_open(self) -> bool: ...
    @property
    def movement(self) -> Moves: ...
    @property
    def lists(self) -> Sequence[List]: ...


def movement_sentence(movement: Moves) -> str:
    """12 件在办事项期限变动，3 件由此逾期，0 件已定结论改变。"""
    moved = (
        f"{len(movement.moved)} 件在办事项期限变动，{movement.become_overdue} 件由此逾期，"
        f"{movement.verdicts_changed} 件已定结论改变。"
    )
    kept = [
        f"{words} {n} 件"
        for words, n in (
            ("台账载明或专门指定期限的", movement.stated),
            ("已经批准延期的", movement.extended),
            ("已经逾期的", movement.already_overdue),
        )
        if n
    ]
    return moved + (f"不变的：{'、'.join(kept)}。" if kept else "")


def effect_sentences(effect: Effect) -> list[str]:
    """What it moves, and what it leaves alone."""
    since = f"{effect.valid_from:%Y-%m-%d}"
    if effect.to_open:
        return [movement_sentence(effect.movement)]
    told = [
        f"{one.name}由 {one.before} 件变为 {one.after} 件。"
        if one.before != one.after
        else f"{one.name} {one.before} 件，今天不变。"
        for one in effect.lists
    ]
    return [
        *told,
        f"自 {since} 起实施。已经给出的期限都不变，0 件在办事项期限变动，"
        f"{effect.movement.verdicts_changed} 件已定结论改变。",
    ]
