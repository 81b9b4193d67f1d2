"""Every page of the sample city in a real browser: for all eyes, in Chinese, asking nobody."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from dashboard.pages import PAGES
from data_access.database import open_engine, reading
from data_access.schema.accounts import accounts
from supervision.rights import Right, may
from supervision.scope import Role, Scope, Viewer
from tests.browsing import Leaf, Troubles, sign_in

pytestmark = pytest.mark.browser

WHO = {
    "leader": Role.LEADER,
    "supervisor": Role.SUPERVISOR,
    "sysadmin": Role.SYSADMIN,
    "auditor": Role.AUDITOR,
}
"""Accounts of the sample city; each looks at the pages that those before it may not open."""
SHUTS_OUT = ("serious", "critical")
# File types, programs, a licence, the map's sources: names, in any language.
NAMES = r"HYMDM-|XLSX|\.(?:xlsx|xls|csv|et|xlsb|ods|json|toml)|Excel|Word|CC BY|GeoNames|Chrome"
HAVE_FADED = """() => Promise.race([
  Promise.allSettled(document.getAnimations().map((one) => one.finished)),
  new Promise((over) => setTimeout(over, 2000)),
])"""
FIND_LATIN = r"""() => {
  const found = new Set();
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.data.trim(), parent = words.currentNode.parentElement;
    const drawn = 'style,script,noscript,[data-testid="stIconMaterial"]';
    if (/[A-Za-z]{3}/.test(text) && !parent.closest(drawn)) found.add(text);
  }
  for (const name of ["aria-label", "aria-roledescription", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (/[A-Za-z]{3}/.test(element.getAttribute(name))) found.add(element.getAttribute(name));
  return [...found];
}"""


def _pages_of(login: str) -> list[str]:
    """The pages that this one may open and nobody before; the first has no name of its own."""
    before = list(WHO)[: list(WHO).index(login)]
    mine = [page for page in PAGES if _may(login, page.right)]
    return [
        "/" if page is mine[0] else f"/{page.url_path}"
        for page in mine
        if not any(_may(other, page.right) for other in before)
    ]


def _may(login: str, right: Right) -> bool:
    viewer = Viewer(login, login, frozenset({WHO[login]}), Scope.whole_city())
    return may(viewer, right)


def _names_in(store: str) -> re.Pattern[str]:
    """What may be told in Latin letters; accounts too, also those that other tests have made."""
    engine = open_engine(store)
    with reading(engine) as connection:
        logins = connection.scalars(select(accounts.c.login)).all()
    engine.dispose()
    return re.compile("|".join([NAMES, *(re.escape(login) for login in logins)]))


def _shuts_out(page: Page) -> list[str]:
    """What axe-core calls serious, as its rule and the first element."""
    told = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in told
        if fault["impact"] in SHUTS_OUT
    ]


@pytest.mark.parametrize("login", list(WHO))
def test_no_page_shuts_anyone_out_or_speaks_english_or_asks_outside(
    browser: Browser, served_app: str, sample_store: str, login: str
):
    names = _names_in(sample_store)
    troubles = Troubles(own_host=urlsplit(served_app).netloc)
    context = browser.new_context(
        base_url=served_app, locale="zh-CN", viewport={"width": 1366, "height": 768}
    )
    sign_in(context, login)
    tab = context.new_page()
    troubles.watch(tab)
    leaf, faults, english = Leaf(tab), {}, {}
    paths = _pages_of(login)
    assert paths
    for path in paths:
        leaf.turn_to(path)
        # What is replaced fades away, and fading letters are pale.
        tab.evaluate(HAVE_FADED)
        faults |= {path: found} if (found := _shuts_out(tab)) else {}
        latin = [words for words in tab.evaluate(FIND_LATIN) if not names.search(words)]
        english |= {path: latin} if latin else {}
    context.close()
    assert (faults, english, troubles.told) == ({}, {}, [])
