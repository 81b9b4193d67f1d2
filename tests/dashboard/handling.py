"""People of the sample city who work on items: each in a tab of his own, through the whole app."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

from dashboard.identity import cookie_name
from data_access.accounts.known import LOCAL, account_named
from data_access.accounts.sample_accounts import make_sample_accounts
from data_access.accounts.sessions import open_session
from data_access.database import recording
from tests.looking import HERE

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
DRAWN = ("text", "caption", "subheader", "success", "error", "warning", "info", "html")


class People:
    """The sample accounts on a store; whose turn it is, his cookie lies before the app."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_sample_accounts(engine, viewer=LOCAL)
        self._engine, self._monkeypatch = engine, monkeypatch
        self._tokens: dict[str, str] = {}

    def turn_of(self, login: str) -> None:
        """From now on pages are looked at by this account."""
        if login not in self._tokens:
            with recording(self._engine) as change:
                known = account_named(change.connection, login)
                assert known is not None
                self._tokens[login] = open_session(
                    change.connection, known.id, way="password", client=HERE
                )
        cookies = StreamlitCookies({cookie_name(): self._tokens[login]})
        self._monkeypatch.setattr(ContextProxy, "cookies", cookies)

    def at(self, login: str, page: str, **query: str) -> Tab:
        """A new tab of this person on a page."""
        return Tab(self, login, page, query)


class Tab:
    """One page in one person's tab."""

    def __init__(self, people: People, login: str, page: str, query: dict[str, str]) -> None:
        self._people, self._login = people, login
        people.turn_of(login)
        self.app = AppTest.from_file(str(APP), default_timeout=120)
        self.app.switch_page(f"app_pages/{page}")
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()

    def run(self) -> Tab:
        self._people.turn_of(self._login)
        self.app.run()
        assert not self.app.exception
        return self

    def press(self, words: str) -> Tab:
        """Click the button that begins with these words."""
        self._one(self.app.button, words).click()
        return self.run()

    def send(self) -> Tab:
        """Click the button that sends the open form."""
        next(one for one in self.app.button if str(one.key).endswith(":send")).click()
        return self.run()

    def fill(self, **said: Any) -> Tab:
        """Fill fields of the open form by the names their keys end in."""
        boxes = (*self.app.text_area, *self.app.text_input, *self.app.radio, *self.app.selectbox,
                 *self.app.checkbox, *self.app.date_input, *self.app.number_input,
                 *self.app.multiselect)  # fmt: skip
        for name, value in said.items():
            box = next(one for one in boxes if str(one.key).endswith(f":{name}"))
            box.set_value(value)
        return self

    def choose(self, name: str, words: str) -> Tab:
        """Choose the entry with these words in the field whose key ends so, and run."""
        boxes = (*self.app.radio, *self.app.selectbox)
        box = next(one for one in boxes if str(one.key).endswith(f":{name}"))
        box.set_value(box.options.index(words))
        return self.run()

    @property
    def buttons(self) -> list[str]:
        return [one.label for one in self.app.button]

    @property
    def said(self) -> str:
        """Everything the page says, without the signs that keep Markdown from reading it."""
        parts = (str(part.value) for kind in DRAWN for part in self.app.get(kind))
        return "\n".join(parts).replace("\\", "").replace("\u2060", "")

    @property
    def refusals(self) -> list[str]:
        return [str(one.value) for one in self.app.error]

    @staticmethod
    def _one(parts: Iterable[Any], words: str) -> Any:
        found = [one for one in parts if one.label.startswith(words)]
        assert found, words
        return found[0]
