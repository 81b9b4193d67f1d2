"""What is printed from a dark screen is read on white paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

LOOKS = """() => {
  const look = (wanted) => getComputedStyle(document.querySelector(wanted));
  const light = (colour) => colour.match(/[0-9]+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 765;
  return {
    paper: light(look('[data-testid="stApp"]').backgroundColor),
    words: [...document.querySelectorAll('[data-testid="stMain"] [data-testid="stText"] *')]
      .map((text) => light(getComputedStyle(text).color)),
    tile: light(look('.duban-tile').color),
    chart: look('[data-testid="stVegaLiteChart"]').filter,
    columns: [...document.querySelectorAll('.st-key-overview_columns [data-testid="stColumn"]')]
      .map((column) => column.getBoundingClientRect().top),
  };
}"""


@pytest.mark.browser
def test_a_dark_overview_is_printed_dark_on_white_in_two_columns(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    page.get_by_test_id("stVegaLiteChart").first.wait_for()
    page.emulate_media(color_scheme="dark", media="print")
    seen = page.evaluate(LOOKS)
    assert seen["paper"] == 1
    assert seen["words"]
    assert max(seen["words"]) < 0.5
    assert seen["tile"] < 0.5
    assert "invert" in seen["chart"]
    assert len(set(seen["columns"])) == 1
