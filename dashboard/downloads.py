"""Files that leave the program: the session asked again, the export recorded, then the bytes.

Streamlit makes a file when its button is pressed, on a thread without page or cookies, perhaps
hours after the page ran. So the button keeps the session's token and asks the store with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from dashboard import acts, identity, wording
from dashboard.briefing.watermark import Watermark
from dashboard.handing_out import DownloadRefused, taker
from supervision.rights import Right
from supervision.scope import Viewer

_OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"
_KINDS = {
    "xlsx": XLSX,
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "zip": "application/zip",
    "toml": "application/toml",
}


class Made(NamedTuple):
    """A file and how many rows it holds."""

    content: bytes
    rows: int


Maker = Callable[[Viewer, Watermark], Made]
"""Makes a file for whoever takes it."""


class Offer(NamedTuple):
    """What a button promises: a list by its name, narrowed by what, the right it takes."""

    title: str
    told: Sequence[str]
    file_name: str
    right: Right


def download_button(
    label: str,
    offer: Offer,
    make: Maker,
    *,
    key: str | None = None,
    help_text: str | None = None,
) -> None:
    """A button for a file that is made, and recorded, when it is pressed.

    `make` is told who presses it: what that person may see now counts, not what the page showed.
    """
    st.download_button(
        label,
        data=_later(offer, make),
        file_name=offer.file_name,
        mime=_KINDS.get(offer.file_name.rpartition(".")[2], XLSX),
        on_click="ignore",
        help=help_text,
        key=key,
    )


def _later(offer: Offer, make: Maker) -> Callable[[], bytes]:
    token = st.context.cookies.get(identity.cookie_name())

    def content() -> bytes:
        who = identity.signed_in(token)
        if token is None or who is None or who.must_change:
            raise DownloadRefused(wording.FILE_AFTER_THE_END)
        identity.require(who.viewer, offer.right)
        made = make(who.viewer, acts.watermark(who.viewer))
        acts.record_export(
            acts.Export(offer.title, offer.told, made.rows, offer.file_name), viewer=who.viewer
        )
        taker.set(token)
        return made.content

    return content
