"""One county logs in and tries every page, link, export and act of another, in Chromium.

What the server sends is read off the wire: a table is drawn, not written into the page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect
from sqlalchemy import Engine, select

from data_access.database import open_engine, reading
from data_access.schema.base import audit
from data_access.schema.imports import import_batches
from data_access.schema.items import item_texts, items
from data_access.schema.registers import reporting_units
from tests.browsing import Leaf, sign_in

OWN = "源城区"
pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Behind:
    """What lies in the served store."""

    engine: Engine
    others: list[int]
    """Items of other counties."""
    secrets: set[bytes]
    """Numbers and texts that no item of the own county has."""
    batches: list[int]


@pytest.fixture(scope="module")
def behind(served_app: str, sample_store: str) -> Iterator[Behind]:
    assert served_app
    engine = open_engine(sample_store)
    with reading(engine) as connection:
        rows = connection.execute(
            select(items.c.id, items.c.number, item_texts.c.title, item_texts.c.content,
                   reporting_units.c.name)
            .join_from(items, item_texts, item_texts.c.item_id == items.c.id)
            .outerjoin(reporting_units, reporting_units.c.id == items.c.reporting_unit_id)
        ).all()  # fmt: skip
        batches = list(connection.execute(select(import_batches.c.id)).scalars())
    own = "\n".join(f"{row.number}\n{row.title}\n{row.content}" for row in rows if row.name == OWN)
    told = {
        text
        for row in rows
        if row.name != OWN
        for text in (row.number, row.title, row.content)
        if text and len(text) >= 8 and text not in own
    }
    others = [row.id for row in rows if row.name != OWN]
    yield Behind(engine, others, {text.encode() for text in told}, batches)
    engine.dispose()


@dataclass
class Wire:
    """Everything that came over the websockets of a tab."""

    heard: list[bytes] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("websocket", self._open)

    def _open(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hear)

    def _hear(self, told: str | bytes) -> None:
        self.heard.append(told if isinstance(told, bytes) else told.encode())

    def found(self, secrets: set[bytes]) -> set[str]:
        whole = b"".join(self.heard)
        return {secret.decode() for secret in secrets if secret in whole}


@pytest.fixture
def county(browser: Browser, served_app: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=served_app, locale="zh-CN",
                                  viewport={"width": 1366, "height": 768})  # fmt: skip
    sign_in(context, "county")
    yield context
    context.close()


def _open(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector("h1", timeout=30_000)
    _settle(page)


def _settle(page: Page) -> None:
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
    page.wait_for_timeout(400)


def test_no_page_and_no_link_shows_anything_of_another_county(
    county: BrowserContext, behind: Behind
):
    page, wire = county.new_page(), Wire()
    wire.listen(page)
    leaf = Leaf(page)
    searched = min(behind.secrets, key=lambda secret: (len(secret), secret)).decode()
    for path in (
        "/", "/items", "/reassign", "/ledger", "/desk", f"/items?q={searched}",
    ):  # fmt: skip
        leaf.turn_to(path)
    for key in behind.batches[:2]:
        leaf.turn_to(f"/ledger?batch={key}")
        expect(page.get_by_text("没有找到这一批导入")).to_be_visible()
    for key in (*behind.others[:2], behind.others[-1], 999_999):
        leaf.turn_to(f"/item?id={key}")
        expect(page.get_by_text("没有找到这件事项")).to_be_visible()
    _open(page, f"/item?id={behind.others[0]}")
    expect(page.get_by_text("没有找到这件事项")).to_be_visible()
    assert len(behind.secrets) > 500
    assert len(wire.heard) > 20
    # What was searched for is said back by its own box.
    assert wire.found({searched.encode()})
    assert wire.found(behind.secrets - {searched.encode()}) == set()


def test_the_same_ear_hears_the_city(browser: Browser, served_app: str, behind: Behind):
    context = browser.new_context(base_url=served_app, locale="zh-CN")
    sign_in(context, "supervisor")
    page, wire = context.new_page(), Wire()
    wire.listen(page)
    _open(page, "/items")
    found = wire.found(behind.secrets)
    context.close()
    assert len(found) > 5


def test_pages_of_other_roles_are_neither_offered_nor_opened(county: BrowserContext):
    page = county.new_page()
    _open(page, "/audit")
    expect(page.get_by_role("link", name="审计记录")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("审计记录")


def test_a_ledger_that_tells_of_another_countys_item_is_refused_row_by_row(
    county: BrowserContext, behind: Behind
):
    with reading(behind.engine) as connection:
        number, content = connection.execute(
            select(items.c.number, item_texts.c.content)
            .join_from(items, item_texts, item_texts.c.item_id == items.c.id)
            .where(items.c.id.in_(behind.others[:200]), items.c.number.is_not(None))
            .where(item_texts.c.content.is_not(None))
            .order_by(items.c.id)
        ).first() or ("", "")
    lines = [
        "编号,事项内容,县区,责任单位,交办时间,反馈时限",
        f"{number},{content.replace(',', '，')},紫金县,市教育局,2026-11-02,2026-11-23",
    ]
    page, wire = county.new_page(), Wire()
    wire.listen(page)
    _open(page, "/ledger")
    sent = {"name": "别县.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.set_input_files("input[type=file]", files=[sent])  # type: ignore[list-item]
    expect(page.get_by_role("tab", name="拒绝 1")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("tab", name="新增 0")).to_be_visible()
    expect(page.get_by_role("tab", name="更新 0")).to_be_visible()
    assert "不在您的范围（源城区）内".encode() in b"".join(wire.heard)
    assert {text for text in wire.found(behind.secrets) if text not in lines[1]} == set()


def test_the_export_holds_the_own_county_alone_and_is_recorded(
    county: BrowserContext, behind: Behind
):
    page = county.new_page()
    _open(page, "/items")
    before = len(_exports(behind.engine))
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("button", name="导出 Excel").click()
    content = Path(coming.value.path()).read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["台账"]
    units = {row[3] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert units == {OWN}
    assert "演示县区专班（county）" in sheet["A2"].value
    recorded = _exports(behind.engine)
    assert len(recorded) == before + 1
    assert recorded[-1].actor == "county"
    assert f'"rows":{sheet.max_row - 4}' in recorded[-1].after


def test_after_a_logout_in_another_tab_the_export_button_gives_nothing(
    county: BrowserContext, behind: Behind
):
    page = county.new_page()
    _open(page, "/items")
    before = len(_exports(behind.engine))
    button = page.get_by_role("button", name="导出 Excel")
    expect(button).to_be_visible()
    other = county.new_page()
    other.goto("/logout")
    other.get_by_role("button", name="退出").click()
    other.wait_for_url("**/login")
    came: list[str] = []
    page.on("download", lambda file: came.append(file.url))
    button.click()
    expect(page.get_by_text("登录已失效，请重新登录后再下载。")).to_be_visible()
    assert came == []
    assert len(_exports(behind.engine)) == before


def test_a_file_that_one_made_is_closed_to_everybody_else(
    county: BrowserContext, browser: Browser, served_app: str
):
    page = county.new_page()
    _open(page, "/items")
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("button", name="导出 Excel").click()
    address = coming.value.url
    assert county.request.get(address).status == 200
    other = browser.new_context(base_url=served_app)
    assert other.request.get(address).status == 401
    sign_in(other, "supervisor")
    assert other.request.get(address).status == 404
    other.close()


def _exports(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        return list(
            connection.execute(
                select(audit.c.actor, audit.c.after)
                .where(audit.c.act == "export")
                .order_by(audit.c.id)
            )
        )
