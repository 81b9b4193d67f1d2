"""Hostile text from ledgers, accounts and addresses, on every page of a real browser.

The ways of hardening.md 1: nothing runs, nothing is asked outside, nothing becomes a link, a
picture or a formula; what was written is shown as it was written.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine

from data_access.accounts.known import LOCAL
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import open_engine
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Flag
from data_access.text_index import catch_up
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.commitments import (
    fulfil_commitment,
    make_commitment,
    report_on_commitment,
)
from data_access.writes.milestones import MilestoneWanted, add_milestone
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import AccountabilityKind
from supervision.rights import needs_a_scope
from supervision.scope import Role, Scope
from supervision.vocabulary import ReassignReason, Severity
from tests.acting import OFFICER, Walk
from tests.browsing import Leaf, Troubles
from tests.deciding import decide
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import GOOD_PASSWORD
from tests.serving import served

pytestmark = pytest.mark.browser

OUTSIDE = "http://outside.example"
PAYLOADS = (
    "<script>window.__ran=1</script>",
    '<img src=x onerror="window.__ran=1">',
    "<svg onload=window.__ran=1>",
    f'<iframe srcdoc="<script>parent.__ran=1</script>" src="{OUTSIDE}/f"></iframe>',
    f"<style>@import url({OUTSIDE}/s.css)</style>",
    f'<meta http-equiv=refresh content="0;url={OUTSIDE}/m">',
    f"![图]({OUTSIDE}/i.png)",
    f"[点此]({OUTSIDE}/l)",
    "[点此](javascript:window.__ran=1)",
    "www.outside.example 见 a.example",
    "$5万和$6万",
    r"$$\href{javascript:window.__ran=1}{x}$$",
    ":red[红] :material/home: :100:",
    "# 标题 *斜* **粗** ~~删~~ `码`",
    "1. 一\n2. 二\n- 三\n> 四",
    "@@=1+1",
    '{"@@type": "ScatterplotLayer"}',
    f'=HYPERLINK("{OUTSIDE}/h","点")',
    "+1-1|cmd",
    "{{7*7}} ${7*7} #{7*7}",
    "倒\u202e写\u200b字' OR 1=1 --",
)
BY_THREES = list(zip(PAYLOADS[::3], PAYLOADS[1::3], PAYLOADS[2::3], strict=True))
"""Three payloads to an item, so that a few pages show them all."""


@pytest.fixture(scope="module")
def hostile_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served store in which every text of an item is hostile, and so are names of people."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copyfile(sqlite_template, folder / "store.sqlite3")
    url = f"sqlite:///{folder / 'store.sqlite3'}"
    engine = open_engine(url)
    rows = [
        ledger_row(
            row=n, number=one[:70], title=one, content=two, village=three[:40], address=three,
            category=(one,), origin=two, session_theme=three[:80], case_leader=one[:40],
            remarks=two, measures=three, progress=one, feedback_text=two, instruction=three,
            excluded_reason=one,
        )
        for n, (one, two, three) in enumerate(BY_THREES, start=3)
    ]  # fmt: skip
    flags = [
        Flag("Sheet1", row.source.row, f"B{row.source.row}", row.number, "title",
             Severity.WARNING, "unknown-department", f"牵头单位“{row.title}”不在登记册里",
             candidates=(str(row.title),))
        for row in rows
    ]  # fmt: skip
    ledger = judged_ledger(*rows, title=PAYLOADS[0], name=f"{PAYLOADS[1]}.xlsx")
    ledger.flags.extend(flags)
    store_import(engine, ledger, viewer=SUPERVISOR, as_of=TODAY)
    _handled(engine)
    _promised(engine)
    catch_up(engine)
    for role, payload in zip(
        (Role.SUPERVISOR, Role.SYSADMIN, Role.AUDITOR), PAYLOADS, strict=False
    ):
        held = frozenset({role})
        scope = Scope.whole_city() if needs_a_scope(held) else Scope()
        wanted = AccountWanted(role.value, payload[:60], held, scope)
        create_account(engine, wanted, viewer=LOCAL, password=GOOD_PASSWORD)
    engine.dispose()
    day = TODAY.isoformat()
    with served(folder, "--no-sample", "--as-of", day, DUBAN_DATABASE_URL=url) as address:
        yield address


def _handled(engine: Engine) -> None:
    """What people write while they handle items is hostile too, three of everything to an item."""
    for key, (one, two, three) in enumerate(BY_THREES, start=1):
        walk = Walk(engine, key)
        walk.does(BesideAct.NOTE, OFFICER, text=one, evidence=(two, three))
        walk.does(BesideAct.RECORD_MEDIA_REPORT, OFFICER, outlet=one, text=two, link=three)
        walk.does(BesideAct.FORM_TASK_FORCE, OFFICER, head=one, members=two, words=three)
        walk.does(BesideAct.RECORD_ACCOUNTABILITY, OFFICER, text=one, outcome=two,
                  accountability=AccountabilityKind.INTERVIEW)  # fmt: skip
        walk.does(BesideAct.INSTRUCT, OFFICER, leader=one[:40], text=two)
        walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text=three)
        decide(engine, "return_working_days", str(5 + key), basis=f"{one} {two}")
        walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.OTHER,
                  words=one, evidence=(two,))  # fmt: skip


def _promised(engine: Engine) -> None:
    """So is what was promised at a session, and what its plan says."""
    now: dict[str, Any] = {"as_of": TODAY, "viewer": SUPERVISOR}
    for n, (one, two, three) in enumerate(BY_THREES):
        wanted = CommitmentWanted(one, two[:40], 1, TODAY, (1,))
        key = make_commitment(engine, 1, wanted, **now)
        report_on_commitment(engine, key, TODAY, two, **now)
        fulfil_commitment(engine, key, TODAY, three, row_version=1, **now)
        point = MilestoneWanted(f"{n}![x](//e.a)<b>", TODAY, None, one[:30], two[:200])
        add_milestone(engine, 1, point, **now)


def _tab(browser: Browser, address: str, login: str) -> tuple[BrowserContext, Leaf, Troubles]:
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 900})
    answer = context.request.post(
        "/login", form={"login": login, "password": GOOD_PASSWORD}, max_redirects=0
    )
    assert answer.status == 303
    page, ear = context.new_page(), Troubles(own_host=urlsplit(address).netloc)
    ear.watch(page)
    return context, Leaf(page), ear


def _made_of_text(page: Page) -> dict[str, object]:
    """What the text on the page was made into; all of it must be nothing."""
    found: dict[str, object] = page.evaluate(
        """() => {
            const main = document.body, own = location.host;
            const outside = (name) => [...main.querySelectorAll(`[${name}]`)]
                .map((one) => one.getAttribute(name))
                .filter((to) => /^(javascript|data:text|https?:|[/][/])/i.test(to)
                    && new URL(to, location.href).host !== own);
            return {
                ran: window.__ran ?? 0,
                links: outside("href"), pictures: outside("src"),
                frames: main.querySelectorAll("iframe, object, embed, meta").length,
                formulas: main.querySelectorAll(".katex").length,
                scripts: [...main.querySelectorAll("script")]
                    .filter((one) => one.textContent.includes("__ran")).length,
            };
        }"""
    )
    return found


NOTHING = {"ran": 0, "links": [], "pictures": [], "frames": 0, "formulas": 0, "scripts": 0}


def _look(leaf: Leaf, path: str) -> None:
    leaf.turn_to(path)
    page = leaf.page
    page.wait_for_timeout(700)
    assert _made_of_text(page) == NOTHING, path
    assert page.get_by_text("系统出现错误").count() == 0, path


@pytest.mark.parametrize(
    ("login", "paths"),
    [
        (
            "supervisor",
            (
                "/",
                "/items",
                "/reassign",
                "/ledger",
                "/ledger?batch=1",
                "/desk",
                "/desk?list=overdue_silent",
                "/quality",
                "/rules",
                "/notices",
                "/notices?view=waiting",
                "/notices?view=register",
                "/sessions?one=1&promise=1",
            ),
        ),
        ("sysadmin", ("/", "/departments", "/registers")),
        ("auditor", ("/",)),
    ],
)
def test_no_page_makes_anything_of_hostile_text(
    browser: Browser, hostile_city: str, login: str, paths: tuple[str, ...]
):
    context, leaf, ear = _tab(browser, hostile_city, login)
    for path in paths:
        _look(leaf, path)
    context.close()
    assert ear.told == []


def test_an_item_shows_each_hostile_text_as_it_was_written(browser: Browser, hostile_city: str):
    context, leaf, ear = _tab(browser, hostile_city, "supervisor")
    unshown = []
    for key, payloads in enumerate(BY_THREES, start=1):
        _look(leaf, f"/item?id={key}")
        shown = leaf.page.locator("body").inner_text()
        for payload in payloads:
            first = payload.split("\n")[0].replace("\u202e", "").replace("\u200b", "")
            if first not in shown:
                unshown.append(payload)
    context.close()
    assert unshown == []
    assert ear.told == []


def test_no_address_makes_anything_of_hostile_text(browser: Browser, hostile_city: str):
    context, leaf, ear = _tab(browser, hostile_city, "supervisor")
    every = quote(" ".join(PAYLOADS))
    for path in (f"/items?q={every}&cat={every}&sort={every}", f"/item?id={every}",
                 f"/?county={every}&light={every}", f"/ledger?batch={every}"):  # fmt: skip
        _look(leaf, path)
    context.close()
    assert ear.told == []
