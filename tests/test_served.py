"""`duban serve` on a new store: the sample city, every page in Chromium, nothing asked outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.pages import PAGES
from supervision.rights import RIGHTS
from supervision.scope import Role
from tests.browsing import Leaf, Troubles, sign_in

# Those of the supervisor who looks here; not the page that has its say only about one item.
# The first page of a person has no name in the address.
SHOWN = [
    (page.title, page.url_path if n else "")
    for n, page in enumerate(PAGES)
    if page.visibility == "visible" and page.right in RIGHTS[Role.SUPERVISOR]
]


@pytest.fixture(scope="module")
def turned(browser: Browser, served_app: str) -> Iterator[tuple[Leaf, Troubles]]:
    """A supervisor's tab in which one page follows the other, and its troubles."""
    context = browser.new_context(
        base_url=served_app, locale="zh-CN", viewport={"width": 1366, "height": 768}
    )
    sign_in(context, "supervisor")
    leaf, ear = Leaf(context.new_page()), Troubles(own_host=urlsplit(served_app).netloc)
    ear.watch(leaf.page)
    yield leaf, ear
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("title", "path"), SHOWN, ids=[title for title, _ in SHOWN])
def test_every_page_opens_in_a_browser_without_troubles(
    turned: tuple[Leaf, Troubles], title: str, path: str
):
    leaf, ear = turned
    leaf.turn_to(f"/{path}")
    page = leaf.page
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    _settle(page)
    expect(page.get_by_text("演示数据").first).to_be_visible()
    expect(page.get_by_text(re.compile("编号 [A-Z0-9]{6}"))).to_have_count(0)
    told, ear.told = ear.told, []
    assert told == []


@pytest.mark.browser
def test_an_outside_request_and_a_console_error_are_troubles(page: Page, troubles: Troubles):
    page.goto("/")
    page.evaluate("fetch('http://outside.example/x').catch(() => console.error('planted'))")
    page.wait_for_timeout(300)
    told = "\n".join(troubles.told)
    troubles.told.clear()
    assert "outside.example" in told
    assert "console: planted" in told


@pytest.mark.browser
def test_a_click_on_a_row_opens_it_and_back_leads_to_the_same_rows(page: Page):
    page.goto("/items?figure=open")
    _settle(page)
    page.get_by_role("button", name="下一页").click()
    page.wait_for_url("**after=*")
    _settle(page)
    list_address = page.url
    table = page.get_by_test_id("stDataFrame").bounding_box()
    assert table is not None
    assert table["y"] > 0, "the next page is not read from its top"
    page.mouse.click(table["x"] + 260, table["y"] + 36 + 18)
    page.wait_for_url("**/item?id=*")
    expect(page.get_by_role("heading", level=1)).to_have_text("事项详情")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("事项清单")
    _settle(page)
    assert page.url == list_address


def _settle(page: Page) -> None:
    """Wait until the script has run and what it sent is drawn."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
    page.wait_for_timeout(500)
