"""A filter is in the address by its id, goes along, and outlives reload and the way back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.browser
def test_a_filter_goes_along_and_outlives_reload_and_the_way_back(page: Page):
    page.goto("/items")
    page.get_by_test_id("stDataFrame").first.wait_for()
    page.get_by_role("button", name="筛选", exact=True).click()
    page.get_by_role("combobox", name="县(区)").click()
    page.get_by_role("option", name="东源县").click()
    told = page.locator(".st-key-filters_told")
    expect(told).to_contain_text("县(区)：东源县")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    (county,) = address(page)["county"]
    assert county.isdecimal()
    page.get_by_role("link", name="督办单", exact=True).first.click()
    page.wait_for_url(f"**/notices?county={county}")
    expect(told).to_contain_text("县(区)：东源县")
    page.go_back()
    page.wait_for_url(f"**/items?county={county}")
    page.reload()
    expect(told).to_contain_text("县(区)：东源县")
    page.go_back()
    expect(told).to_have_count(0)
    assert address(page) == {}
