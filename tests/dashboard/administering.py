"""The administration pages as an administrator sees them: the whole app on a real store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from supervision.scope import Role, Scope, Viewer

TABS = {"accounts.py": "account_tabs", "registers.py": "register_tabs", "rules.py": "rule_tabs"}
APP = Path(__file__).parents[2] / "dashboard" / "app.py"


class Desk:
    """One page in one administrator's tab."""

    def __init__(self, script: str, **query: str) -> None:
        self._script = script
        self.app = AppTest.from_file(str(APP), default_timeout=120).run()
        self.app.switch_page(f"app_pages/{script}")
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()

    def run(self) -> Desk:
        self.app.run()
        assert not self.app.exception
        return self

    def press(self, words: str) -> Desk:
        next(one for one in self.app.button if one.label.startswith(words)).click()
        return self.run()

    def turn_to(self, label: str) -> Desk:
        """Another tab, as a click on it."""
        key = TABS[self._script]
        self.app.session_state[key] = label
        return self.run()

    def offers(self, words: str) -> bool:
        return any(one.label.startswith(words) for one in self.app.button)

    def write(self, words: str, text: str) -> Desk:
        next(one for one in self.app.text_input if one.label.startswith(words)).set_value(text)
        return self

    def choose(self, words: str, *entries: str) -> Desk:
        next(one for one in self.app.multiselect if one.label == words).set_value(list(entries))
        return self

    def take(self, words: str, entry: Any) -> Desk:
        boxes = (*self.app.radio, *self.app.selectbox)
        next(one for one in boxes if one.label.startswith(words)).set_value(entry)
        return self

    def click_row(self, key: str, position: int, column: str) -> Desk:
        """A click on a cell of the table whose key begins so, as the browser tells it."""
        name = next(one.proto.id for one in self.app.dataframe if key in one.proto.id)
        self.app.session_state[name.partition("-")[2].partition("-")[2] or name] = {
            "selection": {"rows": [], "columns": [], "cells": [[position, column]]}
        }
        return self.run()

    def table(self, *columns: str) -> pd.DataFrame:
        return next(
            one.value for one in self.app.dataframe if set(columns) <= set(one.value.columns)
        )

    @property
    def said(self) -> str:
        parts = (*self.app.text, *self.app.caption, *self.app.info, *self.app.success,
                 *self.app.error, *self.app.warning)  # fmt: skip
        return "\n".join(str(part.value) for part in parts)

    @property
    def refusals(self) -> list[str]:
        return [str(one.value) for one in self.app.error]


def administrator() -> Viewer:
    """Somebody who may manage accounts, where no session is needed."""
    return Viewer("admin", "管理员", frozenset({Role.SYSADMIN}), Scope())
