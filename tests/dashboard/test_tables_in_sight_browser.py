"""What a table tells is in sight: whole on a laptop, who has an item on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from dashboard.pages import PAGES
from dashboard.parts.overview_frames import NO_LEAD
from data_access.database import open_engine, reading
from data_access.schema.meetings import session_commitments
from data_access.schema.registers import departments
from supervision.rights import Right
from tests.browsing import Leaf, sign_in

pytestmark = pytest.mark.browser

ON_A_PHONE = {
    "viewport": {"width": 390, "height": 844},
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148",
    "is_mobile": True,
    "has_touch": True,
}
LISTS = ("/", "/deadlines", "/satisfaction", "/items")
# The first page has no address of its own; of one department and one session much more is shown.
SEEN = ["/", "/units?unit=1", "/units?peers=all", "/sessions?one={promising}",
        "/townships?town=441602006", "/common?part=alike", "/common?part=matters",
        "/common?part=hotline", "/programmes?programme=dispute_mediation",
        "/entries?programme=township_whistle", "/entries?programme=household_visits", *(
    f"/{page.url_path}" for page in PAGES[1:]
    if page.right is Right.VIEW_ITEMS and page.visibility == "visible"
)]  # fmt: skip
ARE_DRAWN = """() => !document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]')
  && [...document.querySelectorAll('[data-testid="stDataFrame"]:not(details:not([open]) *)')]
    .every((table) => table.querySelector(".dvn-scroller"))"""
FIND_WIDE = """() => [...document.querySelectorAll(".dvn-scroller")]
  .filter((table) => table.scrollWidth > table.clientWidth + 2)
  .map((table) => `${table.closest('[class*="st-key-tall_"]')?.className} `
    + `${table.clientWidth} < ${table.scrollWidth}`)"""
# A canvas tells screen readers the columns that are in sight.
FIND_TITLES = """() => [...document.querySelectorAll('[data-testid="stDataFrame"] table')]
  .flatMap((table) => {
    const heads = [...table.querySelectorAll('[role="columnheader"]')].map((one) => one.innerText);
    const rows = [...table.querySelectorAll('tbody [role="row"]')];
    return heads.includes("事项")
      ? rows.map((row) => row.querySelectorAll("td")[heads.indexOf("事项")].innerText) : [];
  })"""


@pytest.fixture
def leader(browser: Browser, served_app: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(base_url=served_app, locale="zh-CN", **request.param)
    sign_in(context, "leader")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("leader", [{"viewport": {"width": 1366, "height": 768}}], indirect=True)
def test_on_a_laptop_no_table_of_the_leaders_pages_is_wider_than_its_place(
    leader: Page, sample_store: str
):
    engine = open_engine(sample_store)
    with reading(engine) as connection:
        promising = connection.scalar(select(func.max(session_commitments.c.session_id)))
    engine.dispose()
    leaf, wide = Leaf(leader), {}
    for path in (one.format(promising=promising) for one in SEEN):
        leaf.turn_to(path)
        leader.wait_for_function(ARE_DRAWN)
        wide |= {path: found} if (found := leader.evaluate(FIND_WIDE)) else {}
    assert wide == {}


@pytest.mark.parametrize("leader", [ON_A_PHONE], indirect=True)
def test_on_a_phone_every_list_of_items_tells_who_has_each(leader: Page, sample_store: str):
    engine = open_engine(sample_store)
    with reading(engine) as connection:
        names = [*connection.scalars(select(departments.c.short_name)), NO_LEAD]
    engine.dispose()
    leaf = Leaf(leader)
    for path in LISTS:
        leaf.turn_to(path)
        leader.wait_for_function(f"() => ({FIND_TITLES})().length")
        titles = leader.evaluate(FIND_TITLES)
        assert [one for one in titles if not any(name in one for name in names)] == [], path
