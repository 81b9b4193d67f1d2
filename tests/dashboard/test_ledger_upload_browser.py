"""A supervisor uploads a ledger in a real browser, settles a name, stores it, hands it back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Troubles, sign_in

BEACON = "![图](http://outside.example/a.png)"
ROWS = (
    ("源城区面对面交办事项台账",),
    ("编号", "事项内容", "乡镇", "责任单位", "交办时间", "反馈时限", "诉求人", "联系电话"),
    ("LL-9001", f"人民路口红绿灯不亮{BEACON}", "埔前镇", "市教育局", "2026-09-01", "2026-09-22",
     "张小明", "13800001234"),
    ("LL-9002", "=1+1 小区门口停车难", "埔前镇", "市轨道交通局", "2026-09-01",
     "2026-09-22", "", ""),
    ("合计", "2件"),
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger file with hostile text, a resident and a department nobody knows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账 `一` __二__"
    for line in ROWS:
        sheet.append(line)
    sheet["B4"].data_type = "s"
    path = tmp_path / "源城区台账.xlsx"
    book.save(path)
    return path


def settled(page: Page) -> None:
    """Wait until the script has run and what it sent is drawn."""
    page.wait_for_timeout(400)
    page.wait_for_selector(
        '[data-test-script-state="notRunning"]', state="attached", timeout=120_000
    )
    page.wait_for_timeout(400)


def to_upload(page: Page) -> None:
    page.goto("/ledger")
    expect(page.get_by_role("heading", level=1)).to_have_text("台账导入", timeout=60_000)
    settled(page)


@pytest.mark.browser
def test_a_ledger_goes_from_upload_to_the_list_and_back_to_its_sender(page: Page, ledger: Path):
    to_upload(page)
    page.locator('input[type="file"]').set_input_files(ledger)
    expect(page.get_by_text("读出 2 件事项")).to_be_visible(timeout=120_000)
    settled(page)

    box = page.get_by_role("combobox", name=re.compile("市轨道交通局"))
    # An open list closes when the page scrolls to it.
    box.scroll_into_view_if_needed()
    settled(page)
    box.click()
    page.get_by_role("option", name="市交通运输局").first.click()
    page.get_by_role("button", name="按所选重新判读").click()
    settled(page)
    expect(box).to_have_count(0)

    with page.expect_download() as caught:
        page.get_by_role("button", name="下载标注好的台账").click()
    assert re.fullmatch(r"源城区台账_校验_[0-9a-f]{8}\.xlsx", caught.value.suggested_filename)
    marked = openpyxl.load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes())).worksheets[
        0
    ]
    assert marked["B4"].value == "=1+1 小区门口停车难"
    notes = [cell.comment.text for row in marked.iter_rows() for cell in row if cell.comment]
    assert notes
    assert not any("13800001234" in note or "张小明" in note for note in notes)

    page.get_by_role("button", name=re.compile("^入库（新增 2")).click()
    expect(page.get_by_text("已入库：新增 2 件")).to_be_visible(timeout=120_000)
    settled(page)
    page.get_by_role("link", name="看这一批的事项").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("事项清单")
    expect(page.get_by_text("共 2 件。")).to_be_visible(timeout=60_000)


@pytest.mark.browser
def test_a_file_that_is_no_ledger_ends_in_a_sentence_that_fits_a_phone(page: Page, tmp_path: Path):
    to_upload(page)
    page.set_viewport_size({"width": 390, "height": 844})
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"%PDF-1.7 not a ledger")
    page.locator('input[type="file"]').set_input_files(path)
    expect(page.get_by_text("这是 PDF 文件")).to_be_visible(timeout=60_000)
    settled(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_a_batch_that_was_looked_at_stays_closed_on_the_way_back(page: Page):
    page.goto("/ledger")
    table = page.locator('[data-testid="stDataFrame"]').first
    table.wait_for()
    page.wait_for_timeout(1_000)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 200, box["y"] + 36 * 1.5)
    page.get_by_role("button", name="回到台账导入").click()
    expect(page.get_by_text("点一行，看这一批每一行的去向和问题。")).to_be_visible()
    page.wait_for_timeout(1_500)
    expect(page.get_by_text("点一行，看这一批每一行的去向和问题。")).to_be_visible()
    assert "batch" not in page.url


@pytest.mark.browser
def test_a_file_that_is_refused_at_the_door_is_told_in_chinese(
    page: Page, ledger: Path, troubles: Troubles
):
    file, told = 'input[type="file"]', page.locator('[data-testid="stFileChip"] [role="alert"]')
    to_upload(page)
    # The server answers so when it has more in memory than a test would put there.
    page.route("**/_stcore/upload_file/**", lambda route: route.fulfill(status=429))
    page.locator(file).set_input_files(ledger)
    expect(told).to_contain_text("您上传的文件太多，服务器放不下")
    # Streamlit would tell it to a screen reader alone, in a box of one pixel.
    box = told.bounding_box()
    assert box is not None
    assert box["width"] > 200
    page.unroute_all()
    to_upload(page)
    # Logged in anew behind this page's back: the page belongs to the login before.
    sign_in(page.context, "supervisor")
    page.locator(file).set_input_files(ledger)
    expect(told).to_contain_text("文件没有收下，请刷新页面后再传")
    troubles.told.clear()
