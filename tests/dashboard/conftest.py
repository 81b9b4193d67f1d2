"""A store that the app opens, and a served face in a real browser: the ASGI app with a small
script that draws every part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from tests.acting import Walk
from tests.app_store import store_of_the_app
from tests.dashboard.noticing import late_item
from tests.serving import answering

FACE = Path(__file__).parent / "face"
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def app_store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store of this test alone, without items, that the doors and pages of the app open."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        yield opened


@pytest.fixture
def late(app_store: Engine) -> Walk:
    """An item in it that is overdue."""
    return late_item(app_store)


@pytest.fixture(scope="session")
def served_face(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running server; it is started outside the project's directory on purpose."""
    with answering(
        tmp_path_factory.mktemp("face"), [str(FACE / "serve.py")],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        environment={"PYTHONPATH": str(PROJECT), "DUBAN_ALLOWED_HOSTS": "duban.example"},
    ) as address:  # fmt: skip
        yield address


@dataclass
class Visit:
    """One browser tab and what it saw: outside requests and errors."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Open a page and wait until its script has run."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector("h1")
        self.settle()

    def settle(self) -> None:
        """Wait until the script is idle and what it sent is drawn."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
        self.page.wait_for_timeout(300)


@pytest.fixture
def visit(browser: Browser, served_face: str) -> Iterator[Visit]:
    """A tab of an English browser, so that every Chinese word comes from us."""
    context = browser.new_context(locale="en-US", viewport={"width": 1366, "height": 900})
    seen = Visit(context.new_page(), served_face)
    own = (served_face, served_face.replace("http", "ws"), "data:", "blob:")
    seen.page.on("request", lambda r: None if r.url.startswith(own) else seen.outside.append(r.url))
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()
