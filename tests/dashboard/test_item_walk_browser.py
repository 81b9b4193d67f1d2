"""One item from the ledger to 销号 through two rounds, in real browsers of four people."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from data_access.accounts.known import LOCAL
from data_access.accounts.sample_accounts import make_sample_accounts
from data_access.database import open_engine
from data_access.reads.figures import figure_values
from supervision.scope import Scope
from tests.browsing import Leaf, Troubles, sign_in
from tests.factories import TODAY
from tests.serving import served

pytestmark = pytest.mark.browser
LEDGER = """编号,事项标题,事项内容,县区,责任单位,交办时间,反馈时限,办理状态
M9001,楼道漏水,三栋楼道漏水半年无人修,源城区,市住房和城乡建设局,2026-11-16,2026-12-07,未启动
"""
Tab = Callable[[str], Leaf]


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A city without an item, with everybody's account."""
    shutil.copyfile(sqlite_template, tmp_path / "city.sqlite3")
    engine = open_engine(f"sqlite:///{tmp_path / 'city.sqlite3'}")
    make_sample_accounts(engine, viewer=LOCAL)
    yield engine
    engine.dispose()


@pytest.fixture
def tab(browser: Browser, store: Engine, tmp_path: Path) -> Iterator[Tab]:
    """The browser of a person, opened when he is first needed; no page may have any trouble."""
    url, day, open_tabs = str(store.url), TODAY.isoformat(), dict[str, Leaf]()
    with served(tmp_path, "--no-sample", "--as-of", day, DUBAN_DATABASE_URL=url) as address:
        ear = Troubles(own_host=urlsplit(address).netloc)

        def of(login: str) -> Leaf:
            if login not in open_tabs:
                context = browser.new_context(base_url=address, locale="zh-CN")
                sign_in(context, login)
                open_tabs[login] = Leaf(context.new_page())
                ear.watch(open_tabs[login].page)
            return open_tabs[login]

        yield of
        for leaf in open_tabs.values():
            leaf.page.context.close()
        assert ear.told == []


def figures(store: Engine) -> tuple[int | float | None, ...]:
    """在办, 办结, 待重新交办, 交办件次, and 满意率 with its base."""
    told = figure_values(store, scope=Scope.whole_city(), as_of=TODAY)
    counts = (told[slug][0] for slug in ("open", "closed", "reassign_pending", "assigned_rounds"))
    return (*counts, *told["satisfaction_rate"])


def item_as_it_is(leaf: Leaf) -> Page:
    """The item's page, turned to afresh."""
    leaf.turn_to("/item?id=1")
    return leaf.page


def asks_for(leaf: Leaf, act: str) -> Locator:
    """The form of an act, opened on the item's page as it is now."""
    page = item_as_it_is(leaf)
    page.get_by_role("button", name=act, exact=True).click()
    return page.get_by_role("dialog")


def sends(leaf: Leaf, words: str, told: str) -> None:
    """Send the open form: the page goes on without it and says what was done."""
    page = leaf.page
    page.get_by_role("dialog").get_by_role("button", name=words, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(told)).to_be_visible()


def history_tells(leaf: Leaf, *lines: str) -> None:
    """What the item's page says of its history, for whoever looks at it afresh."""
    page = item_as_it_is(leaf)
    for line in lines:
        expect(page.get_by_text(line).first).to_be_visible()


def hands_in(leaf: Leaf, text: str) -> None:
    """The department signs for it and reports it solved."""
    page = item_as_it_is(leaf)
    page.get_by_role("button", name="签收", exact=True).click()
    expect(page.get_by_text("M9001：已签收。")).to_be_visible()
    form = asks_for(leaf, "提交书面反馈")
    form.get_by_text("已解决", exact=True).click()
    form.get_by_label("书面反馈").fill(text)
    form.get_by_label("佐证材料").fill("验收照片2张")
    sends(leaf, "提交反馈", "M9001：已提交书面反馈。")


def asks_the_resident(leaf: Leaf, answer: str, solved: str) -> None:
    """A callback that reached somebody."""
    form = asks_for(leaf, "回访")
    form.get_by_text(solved, exact=True).click()
    form.get_by_role("radiogroup", name="对结果的评价").get_by_text(answer, exact=True).click()
    sends(leaf, "登记回访", "M9001：已回访。")


def accepts(leaf: Leaf) -> None:
    """The review is passed and the item closed."""
    form = asks_for(leaf, "审核通过并办结")
    form.get_by_text("已解决", exact=True).click()
    sends(leaf, "审核通过并办结", "M9001：已审核通过并办结。")


def test_an_item_walks_from_the_ledger_through_two_rounds_to_its_end(tab: Tab, store: Engine):
    office, unit, caller, head = (
        tab(login) for login in ("supervisor", "leadunit", "callback", "approver")
    )
    office.turn_to("/ledger")
    ledger = {"name": "台账.csv", "mimeType": "text/csv", "buffer": LEDGER.encode("utf-8-sig")}
    office.page.locator('input[type="file"]').set_input_files(ledger)  # type: ignore[arg-type]
    office.page.get_by_role("button", name="入库（新增 1").click(timeout=120_000)
    expect(office.page.get_by_text("已入库：新增 1 件")).to_be_visible(timeout=120_000)
    assert figures(store) == (1, 0, 0, 1, 0, 0)

    hands_in(unit, "已派人维修")
    history_tells(office, "已反馈待审核", "已派人维修")
    accepts(office)
    assert figures(store) == (0, 1, 0, 1, 0, 0)
    asks_the_resident(caller, "不满意", "未解决")
    history_tells(office, "不满意")
    expect(office.page.get_by_role("button", name="销号", exact=True)).to_have_count(0)
    assert figures(store) == (0, 1, 0, 1, 0, 1)

    form = asks_for(office, "拟重新交办")
    form.get_by_label("说明").fill("只修了一半")
    sends(office, "确认标记", "M9001：已拟重新交办。")
    assert figures(store) == (1, 0, 1, 1, 0, 1)
    form = asks_for(head, "重新交办")
    expect(form.get_by_text("原因：不满意，只修了一半")).to_be_visible()
    sends(head, "批准重新交办", "M9001：已重新交办。")
    history_tells(office, "第 2 轮办理")
    assert figures(store) == (1, 0, 0, 2, 0, 1)

    hands_in(unit, "整根更换完毕")
    accepts(office)
    asks_the_resident(caller, "满意", "已解决")
    assert figures(store) == (0, 1, 0, 2, 1, 2)
    office.turn_to("/item?id=1")
    office.page.get_by_role("button", name="销号", exact=True).click()
    expect(office.page.get_by_text("M9001：已销号。")).to_be_visible()
    history_tells(
        office, "共 2 轮，转手 1 次（重新交办 1 次）。", "标记拟重新交办：不满意；只修了一半",
        "整根更换完毕",
    )  # fmt: skip
    # A round that is over is folded away, as it was.
    office.page.get_by_text("第 1 轮办理").click()
    expect(office.page.get_by_text("已派人维修").first).to_be_visible()
    assert figures(store) == (0, 1, 0, 2, 1, 2)
