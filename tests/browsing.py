"""Fixtures: the real server with the sample city, looked at in the Chromium of this machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebSocket,
    expect,
    sync_playwright,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access.accounts.sample_accounts import SAMPLE_PASSWORD
from tests.factories import TODAY
from tests.filled_once import filled_once
from tests.serving import served

# The first is the same Chromium without windows: a page costs two thirds of the work.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser",
                  "google-chrome", "google-chrome-stable")  # fmt: skip
# As on an office machine without a graphics card: no page needs WebGL (decision record 0006).
# Imitating a card takes twice the work of drawing without one.
NO_GRAPHICS_CARD = ("--disable-gpu", "--disable-3d-apis")
PATIENCE = 20_000
"""Milliseconds that an expectation waits."""
ASKS_NOBODY = ("--disable-quic", "--disable-background-networking", "--disable-component-update")

# On a deep link Streamlit asks for these two under the page's own name, is told 404, and goes on.
_PROBE = re.compile(r"/[a-z]+/_stcore/(?:health|host-config)$")


@dataclass
class Troubles:
    """What a page must not have: errors in its console, requests to anyone but its server."""

    own_host: str
    told: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note every trouble of this page from now on."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.told.append(f"script error: {error}"))
        page.on("request", lambda request: self._look_at(request.url))
        page.on("websocket", lambda opened: self._look_at(opened.url))

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not _PROBE.search(where):
            self.told.append(f"console: {message.text} ({where})")

    def _look_at(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != self.own_host:
            self.told.append(f"outside request: {url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; the only Playwright of the run (two cannot live together)."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium: none of " + ", ".join(CHROMIUM_NAMES) + " is on the PATH")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=found,
            args=[*NO_GRAPHICS_CARD, *ASKS_NOBODY],
            # The sandbox refuses root; everyone else keeps it.
            chromium_sandbox=os.geteuid() != 0,
        )
        # A busy machine draws late.
        expect.set_options(timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of the store with the sample city that `served_app` serves."""
    return f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.sqlite3'}"


@pytest.fixture(scope="session")
def served_app(sample_store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of `duban serve` as anyone starts it: a new store, the sample city, a day told.

    Of the processes of a run the first begins with the new store; the others go on with copies.
    """
    folder, day = tmp_path_factory.mktemp("served"), TODAY.isoformat()
    with ExitStack() as until_the_end:
        with filled_once(tmp_path_factory, Path(sample_store.removeprefix("sqlite:///"))):
            address = until_the_end.enter_context(
                served(folder, "--as-of", day, DUBAN_DATABASE_URL=sample_store)
            )
        yield address


@pytest.fixture
def troubles(served_app: str) -> Troubles:
    """The troubles of this test's pages; a test that provokes one takes it out again."""
    return Troubles(own_host=urlsplit(served_app).netloc)


@pytest.fixture
def page(browser: Browser, served_app: str, troubles: Troubles) -> Iterator[Page]:
    """A supervisor's tab on the served app (`page.goto("/")`); the test fails on any trouble."""
    context = browser.new_context(
        base_url=served_app,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1366, "height": 768},
    )
    sign_in(context, "supervisor")
    tab = context.new_page()
    troubles.watch(tab)
    yield tab
    context.close()
    assert troubles.told == []


class Leaf:
    """A tab that is led from page to page as Back and Forward do.

    The frontend stays, the page's script runs anew: a fifth of the work of loading it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self._sockets: list[WebSocket] = []
        page.on("websocket", lambda opened: self._sockets.append(opened))

    def turn_to(self, path: str) -> None:
        """Go there and wait until the script has run to its end; the first time it is loaded."""
        if not self._sockets:
            self.page.goto(path)
            self.page.wait_for_selector("h1")
        else:
            with self._sockets[-1].expect_event("framereceived", _script_has_run):
                self.page.evaluate(_LEAD_TO, path)
        self.page.wait_for_selector(NOTHING_RUNS, state="attached")


_LEAD_TO = """(path) => {
  history.pushState({}, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
NOTHING_RUNS = '[data-test-script-state="notRunning"]'


def _script_has_run(frame: str | bytes) -> bool:
    if isinstance(frame, str):
        return False
    told = ForwardMsg.FromString(frame)
    return (
        told.WhichOneof("type") == "script_finished"
        and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )


def sign_in(context: BrowserContext, login: str) -> None:
    """Log this browser in with an account of the sample city, as its login form does."""
    told = context.request.post(
        "/login", form={"login": login, "password": SAMPLE_PASSWORD}, max_redirects=0
    )
    assert told.status == 303, told.text()
