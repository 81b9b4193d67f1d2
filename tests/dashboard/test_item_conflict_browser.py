"""Two people at once on one item, in two real browsers."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from data_access.database import open_engine, reading
from data_access.schema.items import item_texts, items
from data_access.schema.supervision import item_acts
from supervision.vocabulary import ItemState
from tests.browsing import Troubles, sign_in


def acts_and_urgency(store: str, item: int) -> tuple[list[str], str | None]:
    engine = open_engine(store)
    with reading(engine) as connection:
        acts = connection.execute(
            select(item_acts.c.act).where(item_acts.c.item_id == item).order_by(item_acts.c.id)
        ).scalars()
        urgency = connection.execute(
            select(item_texts.c.urgency).where(item_texts.c.item_id == item)
        ).scalar_one()
        told = list(acts), urgency
    engine.dispose()
    return told


def an_item(store: str) -> int:
    """The last item in a round: no other test looks for it."""
    engine = open_engine(store)
    with reading(engine) as connection:
        found = connection.execute(
            select(items.c.id)
            .where(items.c.state == ItemState.IN_ROUND.value)
            .order_by(items.c.id.desc())
            .limit(1)
        ).scalar_one()
    engine.dispose()
    return int(found)


def asks_for(page: Page, item: int, act: str) -> None:
    """Open the form of an act on the item's page."""
    page.goto(f"/item?id={item}")
    page.get_by_role("button", name=re.compile("^(更多|办理)")).click()
    page.get_by_role("button", name=act, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_whoever_is_overtaken_sees_what_the_other_changed_and_chooses(
    page: Page, browser: Browser, served_app: str, sample_store: str, troubles: Troubles
):
    item = an_item(sample_store)
    asks_for(page, item, "调整分类、牵头单位或紧急程度")
    page.get_by_label("新的紧急程度").fill("特急")
    page.get_by_label("调整的理由").fill("汛期将至")

    faster = browser.new_context(base_url=served_app, locale="zh-CN")
    sign_in(faster, "approver")
    other = faster.new_page()
    troubles.watch(other)
    asks_for(other, item, "补充说明")
    other.get_by_role("textbox", name="补充说明").fill("已电话催办一次")
    # An impatient hand: the act is done once all the same.
    other.get_by_role("dialog").get_by_role("button", name="补充说明").dblclick()
    expect(other.get_by_role("dialog")).to_have_count(0)
    faster.close()
    assert acts_and_urgency(sample_store, item)[0] == ["note"]

    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="调整分类、牵头单位或紧急程度").click()
    expect(dialog.get_by_text("别人已经更新了这件事项")).to_be_visible()
    expect(dialog.get_by_text("演示负责人")).to_be_visible()
    expect(dialog.get_by_text("已电话催办一次")).to_be_visible()
    expect(dialog.get_by_label("只留说明时写入办理记录的文字")).to_have_value("汛期将至")
    assert acts_and_urgency(sample_store, item)[0] == ["note"]

    dialog.get_by_role("button", name="看过了，仍按我填的").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("已调整分类、牵头单位或紧急程度")).to_be_visible()
    assert acts_and_urgency(sample_store, item) == (["note", "reclassify"], "特急")
