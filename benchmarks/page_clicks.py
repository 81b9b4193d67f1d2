"""From a leader's click to the settled page, in Chromium, beside pages fed with ready frames.

    python -m benchmarks.page_clicks [--items 100000] [--times 7]

One store, two servers: as it is, and with every read answered as it first was. A leader's browser
clicks the pages of the navigation at both in turns. A page is settled when its script has run and
nothing of it has changed for half a second; told is when the last thing changed. Prints medians of
milliseconds: just after somebody changed the store, with nothing changed, fed; and the ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import Engine

from benchmarks.page_reads import AS_OF, filled
from benchmarks.page_reruns import ready_frames
from benchmarks.stores import machine
from data_access.accounts.known import LOCAL
from data_access.accounts.sample_accounts import SAMPLE_PASSWORD
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import transaction
from supervision.scope import Role, Scope
from tests.browsing import ASKS_NOBODY, CHROMIUM_NAMES, NO_GRAPHICS_CARD, NOTHING_RUNS
from tests.serving import PROJECT, answering

PAGES = ("总览", "部门", "时限", "满意度", "镇街地图", "面对面", "趋势", "共性问题", "事项清单")
SETTLED = """([name, still]) => new Promise((tell) => {
  const link = [...document.querySelectorAll("a")].find((one) => one.innerText.trim() === name);
  const began = performance.now();
  let last = began;
  const eye = new MutationObserver(() => { last = performance.now(); });
  eye.observe(document.body, {subtree: true, childList: true, characterData: true});
  link.click();
  const look = setInterval(() => {
    const over = document.querySelector(still) && performance.now() - last > 500;
    if (!over || document.querySelector("h1")?.innerText.trim() !== name) return;
    clearInterval(look); eye.disconnect(); tell(last - began);
  }, 50);
})"""


def serve(port: str, fed: bool) -> None:
    """What the child process does: the server as anyone starts it, its reads answered or not."""
    from dashboard.commands import main as duban

    words = ["serve", "--port", port, "--no-sample", "--as-of", AS_OF.isoformat()]
    if not fed:
        sys.exit(duban(words))
    with ready_frames()():
        sys.exit(duban(words))


def _click(tab: Page, name: str) -> float:
    told: float = tab.evaluate(SETTLED, [name, NOTHING_RUNS])
    return told


def _something_changes(engine: Engine) -> None:
    """Everything that is remembered is old, and nothing is different."""
    with transaction(engine):
        pass


def measure(engine: Engine, own: Page, fed: Page, times: int) -> dict[str, list[float]]:
    """Page → medians of milliseconds: after a change, with nothing changed, fed."""
    spent: dict[str, tuple[list[float], ...]] = {name: ([], [], []) for name in PAGES}
    # Twice round to warm up: the first round also reads what the fed server hands out.
    for turn in range(times + 2):
        for after_a_change in (True, False):
            for name in PAGES:
                if after_a_change:
                    _something_changes(engine)
                one, ready = _click(own, name), _click(fed, name)
                if turn > 1:
                    anew, kept, frames = spent[name]
                    (anew if after_a_change else kept).append(one)
                    frames.append(ready)
    return {name: [statistics.median(way) for way in ways] for name, ways in spent.items()}


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, default=100_000)
    wanted.add_argument("--times", type=int, default=7)
    wanted.add_argument("--serve", help=argparse.SUPPRESS)
    wanted.add_argument("--fed", action="store_true", help=argparse.SUPPRESS)
    told = wanted.parse_args()
    if told.serve:
        serve(told.serve, told.fed)
    sys.stdout.write(
        f"{machine()}; {told.items:,} items, medians of {told.times}\n\n"
        "| page | after a change ms | nothing changed ms | ready frames ms "
        "| after a change ÷ ready | nothing changed ÷ ready |\n|---|---|---|---|---|---|\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'clicks.sqlite3'}"
        engine = filled(url, told.items)
        someone = AccountWanted("clicks", "某人", frozenset({Role.LEADER}), Scope.whole_city())
        create_account(engine, someone, viewer=LOCAL, password=SAMPLE_PASSWORD)
        browser = next(path for name in CHROMIUM_NAMES if (path := shutil.which(name)))
        servers = {"environment": {"DUBAN_DATABASE_URL": url}, "cwd": PROJECT}
        program = ("-m", "benchmarks.page_clicks", "--serve")
        with (
            answering(Path(folder), program, **servers) as own,
            answering(Path(folder), program, ["--fed"], **servers) as fed,
            sync_playwright() as playwright,
        ):
            opened = playwright.chromium.launch(
                executable_path=browser,
                args=[*NO_GRAPHICS_CARD, *ASKS_NOBODY],
                chromium_sandbox=os.geteuid() != 0,
            )
            expect.set_options(timeout=60_000)
            tabs = []
            for address in (own, fed):
                context = opened.new_context(
                    base_url=address, locale="zh-CN", viewport={"width": 1366, "height": 768}
                )
                context.set_default_timeout(120_000)
                form = {"login": "clicks", "password": SAMPLE_PASSWORD}
                context.request.post("/login", form=form, max_redirects=0)
                tab = context.new_page()
                tab.goto("/")
                tab.wait_for_selector(NOTHING_RUNS, state="attached")
                tabs.append(tab)
            for name, (anew, kept, ready) in measure(engine, *tabs, told.times).items():
                sys.stdout.write(
                    f"| {name} | {anew:.0f} | {kept:.0f} | {ready:.0f} "
                    f"| {anew / ready:.2f} | {kept / ready:.2f} |\n"
                )
        engine.dispose()


if __name__ == "__main__":
    main()
