"""How a performance ended, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from supervision.vocabulary import Worded


class StoreBusy(Exception):
    """Others are writing, or the store cannot be reached; the text is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Done:
    """One item on which the act was done, its new row version, and what to know about it."""

    item_id: int
    number: str | None
    act_id: int
    version: int
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """One item that stayed as it was, and why."""

    item_id: int
    number: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that somebody else changed, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """What somebody did to the item since the page was drawn."""

    account: str
    who: str
    at: datetime
    act: str
    fields: tuple[ChangedField, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Stale:
    """An item that others changed since: nothing was done; `version` is the one to act on now."""

    item_id: int
    number: str | None
    seen_version: int
    version: int
    changes: tuple[ChangeSince, ...]


@dataclass(frozen=True, slots=True)
class Performed:
    """The whole answer; every item asked for stands in exactly one of the three."""

    act: Worded
    done: tuple[Done, ...] = ()
    refused: tuple[Refused, ...] = ()
    stale: tuple[Stale, ...] = ()
    repeated: bool = False
    """The same token came before: this is what was done then, nothing was done now."""

    @property
    def sentence(self) -> str:
        """The whole in one Chinese sentence."""
        parts = []
        if self.done:
            again = "（此前已办理，没有重复办理）" if self.repeated else ""
            parts.append(f"已{self.act.label} {len(self.done)} 件{again}")
        if self.stale:
            parts.append(f"{len(self.stale)} 件已被其他人更新，没有办理")
        if self.refused:
            parts.append(f"{len(self.refused)} 件没有办理")
        return "；".join(parts) + "。" if parts else "没有选择事项。"
