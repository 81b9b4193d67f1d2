"""What is printed from a dark screen is read on white paper."""

from __future__ import annotations

import pandas as pd
import pytest
import streamlit as st
from playwright.sync_api import Page

from dashboard.parts.paper import LONGEST_CELL, paper_table

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
def test_a_dark_overview_is_printed_dark_on_white_on_one_sheet(page: Page):
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
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.count(b"/Type /Page\n") == 1


LIST = """() => {
  const drawn = (wanted) => [...document.querySelectorAll(wanted)]
    .filter((part) => part.getClientRects().length).length;
  const edge = document.querySelector('[data-testid="stMain"]').getBoundingClientRect().right;
  const table = document.querySelector('.duban-paper');
  return {
    screen: drawn('[data-testid="stDataFrame"]'), rows: drawn('.duban-paper tbody tr'),
    headings: [...table.querySelectorAll('th')].map((cell) => cell.innerText),
    told: document.querySelector('.duban-paper-told').innerText,
    fits: table.getBoundingClientRect().right <= edge,
    head: table.getBoundingClientRect().top,
  };
}"""


@pytest.mark.browser
def test_a_list_is_printed_whole_under_its_heading(page: Page):
    page.goto("/items?sort=oldest")
    page.get_by_test_id("stDataFrame").wait_for()
    page.locator(".duban-paper").wait_for(state="attached")
    seen = page.evaluate(LIST)
    assert (seen["screen"], seen["rows"]) == (1, 0)
    page.emulate_media(media="print")
    seen = page.evaluate(LIST)
    assert (seen["screen"], seen["rows"]) == (0, 50)
    assert {"亮灯", "事项", "牵头单位", "编号", "群众评价"} <= set(seen["headings"])
    assert "第 1–50 件" in seen["told"]
    assert "排序：最早受理先列" in seen["told"]
    assert "（supervisor）打印" in seen["told"]
    # Beside nothing, and on the first sheet.
    assert seen["fits"]
    assert seen["head"] < 200


PRINTED = """() => {
  const shows = (one) => getComputedStyle(one).display !== 'none' && one.offsetHeight > 0;
  return {
    pictures: [...document.querySelectorAll('[data-testid="stDataFrame"]')].filter(shows).length,
    headings: [...document.querySelectorAll('.duban-paper')].filter(shows)
      .map((table) => table.querySelector('th').innerText),
  };
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/item?id=100", "项目"),
        ("/townships?town=441602006", "村（社区）"),
        ("/entries?programme=township_whistle&entry=301", "栏目"),
    ],
)
def test_no_table_of_a_page_is_printed_as_a_picture(page: Page, path: str, heading: str):
    page.goto(path)
    page.get_by_test_id("stDataFrame").last.wait_for()
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
    page.emulate_media(media="print")
    seen = page.evaluate(PRINTED)
    assert seen["pictures"] == 0
    assert heading in seen["headings"]


def test_what_is_printed_is_text(monkeypatch: pytest.MonkeyPatch):
    drawn: list[str] = []
    monkeypatch.setattr(st, "html", drawn.append)
    rows = pd.DataFrame(
        {"title": ["<img src=x>", "长" * 300], "due_on": [pd.NaT, pd.NaT], "n": [1306, 12.0]}
    )
    headings = {"title": "事项<b>", "due_on": "反馈期限", "n": "件数"}
    paper_table(rows, headings, ["搜索：<script>"], key="rows")
    page = drawn[0]
    assert "&lt;img src=x&gt;" in page
    assert "搜索：&lt;script&gt;" in page
    assert "<img" not in page
    assert "<script" not in page
    assert "长" * LONGEST_CELL + "……" in page
    assert "NaT" not in page
    assert "<td>1,306</td>" in page
    assert "<td>12</td>" in page
