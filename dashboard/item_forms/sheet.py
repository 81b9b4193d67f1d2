"""What a form of an act is: what it draws, what it says before, and for which items it is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard import reads
from dashboard.item_acts import Said
from dashboard.parts.reporter import as_seen
from dashboard.reads import Choices, ItemHistory
from supervision.beside_acts import AnyAct
from supervision.scope import Viewer


@dataclass(frozen=True, slots=True)
class Sheet:
    """One opened form: the act, the items it is for, who fills it in."""

    act: AnyAct
    rows: pd.DataFrame
    """LIST_COLUMNS of the items; empty for 登记立项."""
    who: Viewer
    as_of: date
    token: str
    """Made once when the form was opened; widget keys carry it, so another form starts empty."""

    def key(self, name: str) -> str:
        """The key of one widget."""
        return f"form:{self.token}:{name}"

    @property
    def ids(self) -> list[int]:
        """The items, in the list's order."""
        return [int(key) for key in self.rows["item_id"]]

    @property
    def only(self) -> dict[str, Any] | None:
        """The row of the one item; None when there are several."""
        return dict(self.rows.iloc[0]) if len(self.rows) == 1 else None

    @property
    def names(self) -> Choices:
        """Names of departments, places, categories and sessions that this person may choose."""
        return reads.choices(reads.change(), self.who.scope, self.as_of)

    def history(self) -> ItemHistory | None:
        """Everything about the one item, as this person sees it; None when there are several."""
        row = self.only
        if row is None:
            return None
        key = int(row["item_id"])
        history = reads.item_history(reads.change(), self.who.scope, self.as_of, key)
        return history and as_seen(history, reads.reporter(self.who, self.as_of, key))


SaidOfItems = Said | Mapping[int, Said]
"""The same words for every item, or for each item (by id) its own."""


@dataclass(frozen=True, slots=True)
class ActForm:
    """How an act is asked for."""

    draw: Callable[[Sheet], SaidOfItems]
    """Draws the fields (plain widgets with `sheet.key(…)`; no st.form) and says what they hold.

    What is missing is told by the act itself, in the rules' own words.
    """
    note: str = ""
    """What the act does, in one line above the fields."""
    many: bool = False
    """Whether several items may be done at once."""
    send: str = ""
    """Words on the button; the act's own name unless told."""
    offered: Callable[[ItemHistory], bool] | None = None
    """Asked on an item's page only: whether there is anything to do it on (a draft to issue)."""
