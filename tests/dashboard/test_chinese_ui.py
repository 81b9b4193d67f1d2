import re

import pytest

pytestmark = pytest.mark.browser

# Not words of the interface: file types, a licence, and what stands for ledger text here.
KNOWN = re.compile(r"XLSX|Esc |CC BY|outside|alert\(1\)|台账\.xlsx|坏\.exe|^Open$")

FIND_LATIN = r"""() => {
  const found = new Set();
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.data.trim(), parent = words.currentNode.parentElement;
    // Names of icons are ligatures: they are drawn as pictures.
    const drawn = 'style,script,noscript,[data-testid="stIconMaterial"]';
    if (/[A-Za-z]{3}/.test(text) && !parent.closest(drawn)) found.add(text);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (/[A-Za-z]{3}/.test(element.getAttribute(name))) found.add(element.getAttribute(name));
  return [...found];
}"""


def latin_words(visit):
    return [words for words in visit.page.evaluate(FIND_LATIN) if not KNOWN.search(words)]


@pytest.mark.parametrize("path", ["/", "/rows", "/fields"])
def test_no_page_has_an_english_word_or_an_error_or_asks_anything_outside(visit, path):
    visit.open(path)
    visit.page.locator('[data-testid="stMain"]').hover()
    assert latin_words(visit) == []
    assert visit.outside == []
    assert visit.errors == []


def test_uploading_speaks_chinese(visit):
    visit.open("/fields")
    box = visit.page.locator('[data-testid="stFileUploader"]')
    assert "单个文件不超过 50MB" in box.inner_text()
    file = {"mimeType": "x", "buffer": b"x"}
    visit.page.set_input_files("input[type=file]", [{"name": "坏.exe", **file}])
    visit.page.wait_for_selector('[data-testid="stFileChip"]')
    assert "不能上传" in box.inner_text()
    assert latin_words(visit) == []


def test_choices_calendar_and_dialog_speak_chinese(visit):
    visit.open("/fields")
    page = visit.page
    page.locator(".st-key-many input").click()
    page.get_by_text("全选").wait_for()
    assert latin_words(visit) == []
    page.keyboard.press("Escape")
    page.locator(".st-key-days button").last.click()
    page.get_by_role("grid").first.wait_for()
    assert latin_words(visit) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="对话框").click()
    page.get_by_role("dialog").wait_for()
    visit.settle()
    assert latin_words(visit) == []


def test_the_menu_of_a_column_speaks_chinese(visit):
    visit.open("/rows")
    frame = visit.page.locator('[data-testid="stDataFrame"]').bounding_box()
    # The three dots stand at the right end of a heading while the pointer is over it; the last
    # column ends with the table.
    x, y = frame["x"] + frame["width"] - 14, frame["y"] + 18
    visit.page.mouse.move(x - 40, y)
    visit.page.mouse.move(x, y, steps=5)
    visit.page.wait_for_timeout(300)
    visit.page.mouse.down()
    visit.page.wait_for_timeout(100)
    visit.page.mouse.up()
    visit.page.get_by_text("固定列").wait_for()
    assert latin_words(visit) == []


def test_an_unknown_address_is_told_in_chinese(visit):
    visit.open("/nowhere")
    dialog = visit.page.get_by_role("dialog").inner_text()
    assert dialog.split("\n") == ["页面不存在", "没有这个页面，已打开首页。"]


def test_a_word_of_a_ledger_is_not_translated(visit):
    visit.page.goto(visit.address + "/fields")
    visit.page.get_by_text("Open", exact=True).wait_for()
    assert visit.page.get_by_text("Open", exact=True).count() == 1


def test_a_defect_shows_its_number_and_no_traceback(visit):
    visit.open("/fields")
    visit.page.get_by_role("button", name="出错").click()
    alert = visit.page.locator('[data-testid="stAlert"]')
    alert.wait_for()
    assert re.search(r"已记录（编号 [2-9A-Z]{6}）", alert.inner_text())
    assert "台账里的原文" not in visit.page.inner_text("body")
    assert visit.page.locator('[data-testid="stException"]').count() == 0


def test_a_browser_of_chromium_100_starts_and_uploads(visit):
    visit.page.add_init_script(
        """for (const name of ["toSorted", "toReversed", "toSpliced", "with"])
             delete Array.prototype[name];
           delete Array.fromAsync; delete Promise.withResolvers; delete Object.groupBy;
           delete Map.groupBy; delete URL.canParse; delete AbortSignal.any;
           delete AbortSignal.timeout;
           for (const name of ["union", "intersection", "difference", "isSubsetOf"])
             delete Set.prototype[name];"""
    )
    visit.open("/fields")
    file = {"name": "台账.xlsx", "mimeType": "x", "buffer": b"x"}
    visit.page.set_input_files("input[type=file]", [file])
    visit.page.wait_for_selector('[data-testid="stFileChip"]')
    assert visit.errors == []


def test_a_tile_opens_exactly_its_rows(visit):
    visit.open("/")
    visit.page.locator(".st-key-tile_late_overdue").click(position={"x": 30, "y": 30})
    visit.page.get_by_text("来自 red").wait_for()
    assert visit.page.url == visit.address + "/rows?light=red"


def test_clicking_a_bar_or_a_hexagon_selects_it(visit):
    visit.open("/")
    charts = visit.page.locator('[data-testid="stVegaLiteChart"]')
    charts.nth(0).locator('path[fill="#A8201A"]').nth(1).click()
    visit.page.get_by_text("单位 [2]").wait_for()
    charts.nth(1).locator('path[fill="#8C1D18"]').first.click()
    visit.page.get_by_text(re.compile(r"镇街 4416\d{5}")).wait_for()
    assert visit.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tiles_stand_in_one_row_and_two_by_two_on_a_phone(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    visit.open("/")
    ground = visit.page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert ground == ("rgb(11, 22, 38)" if scheme == "dark" else "rgb(255, 255, 255)")
    for width, columns in ((1920, 7), (1366, 7), (390, 2)):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.settle()
        tiles = visit.page.locator('[class*="st-key-tile_"]').all()
        boxes = [tile.bounding_box() for tile in tiles]
        first_row = [box for box in boxes if abs(box["y"] - boxes[0]["y"]) < 2]
        assert len(first_row) == columns, width
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_a_chosen_row_gives_its_id_and_another_order_chooses_nothing(visit):
    visit.open("/rows")
    frame = visit.page.locator('[data-testid="stDataFrame"]').bounding_box()
    visit.page.mouse.click(frame["x"] + 16, frame["y"] + 36 * 2.5)
    visit.page.get_by_text("选中 [102]").wait_for()
    visit.page.get_by_text("倒序").click()
    visit.page.get_by_text("选中 []").wait_for()
    assert visit.outside == []


def test_a_text_of_any_length_leaves_what_stands_below_in_reach_and_is_printed_whole(visit):
    visit.open("/rows")
    text = visit.page.locator('[data-testid="stText"]').last
    assert text.bounding_box()["height"] < 500
    visit.page.emulate_media(media="print")
    assert text.bounding_box()["height"] > 1_000
