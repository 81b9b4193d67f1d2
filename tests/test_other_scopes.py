"""Each narrow scope asks for every page and for what is not its own; read off the wire.

Without a browser, so that many addresses cost little; `test_other_county` looks with one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, select

from dashboard.pages import PAGES
from data_access.database import open_engine, reading
from data_access.schema.items import item_texts, items, round_co_departments, rounds
from data_access.schema.registers import departments, reporting_units
from supervision.rights import may
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import CoRole
from tests.wire import wire_of

pytestmark = pytest.mark.browser
LOGINS = ("county", "leadunit", "counit")
LEADS, HELPS = "市住房和城乡建设局", "市城市管理和综合执法局"


class City(NamedTuple):
    """Who may see which item of the served store."""

    texts: dict[int, tuple[str, ...]]
    seen_by: dict[str, set[int]]

    def secrets(self, login: str) -> set[bytes]:
        """Numbers and texts that no item within the login's reach has."""
        own = "\n".join(text for key in self.seen_by[login] for text in self.texts[key])
        others = self.texts.keys() - self.seen_by[login]
        told = {text for key in others for text in self.texts[key] if len(text) >= 8}
        return {text.encode() for text in told if text not in own}


@pytest.fixture(scope="module")
def city(served_app: str, sample_store: str) -> Iterator[City]:
    assert served_app
    engine = open_engine(sample_store)
    yield City(_texts(engine), {
        "county": _of_unit(engine, "源城区"),
        "leadunit": _led_by(engine, LEADS) | _helped_by(engine, LEADS, joint=True),
        "counit": _led_by(engine, HELPS) | _helped_by(engine, HELPS, joint=False),
    })  # fmt: skip
    engine.dispose()


def _texts(engine: Engine) -> dict[int, tuple[str, ...]]:
    question = select(
        items.c.id, items.c.number, item_texts.c.title, item_texts.c.content
    ).join_from(items, item_texts, item_texts.c.item_id == items.c.id)
    with reading(engine) as connection:
        return {key: tuple(filter(None, texts)) for key, *texts in connection.execute(question)}


def _of_unit(engine: Engine, name: str) -> set[int]:
    question = select(items.c.id).join(
        reporting_units, reporting_units.c.id == items.c.reporting_unit_id
    )
    with reading(engine) as connection:
        return set(connection.execute(question.where(reporting_units.c.name == name)).scalars())


def _led_by(engine: Engine, name: str) -> set[int]:
    question = select(rounds.c.item_id).join(
        departments, departments.c.id == rounds.c.lead_department_id
    )
    with reading(engine) as connection:
        return set(connection.execute(question.where(departments.c.name == name)).scalars())


def _helped_by(engine: Engine, name: str, *, joint: bool) -> set[int]:
    helps = round_co_departments.c
    question = (
        select(rounds.c.item_id)
        .join(round_co_departments, helps.round_id == rounds.c.id)
        .join(departments, departments.c.id == helps.department_id)
        .where(departments.c.name == name)
    )
    if joint:
        question = question.where(helps.co_role == CoRole.JOINT_LEAD.value)
    with reading(engine) as connection:
        return set(connection.execute(question).scalars())


def _questions(city: City, login: str) -> list[tuple[str, str]]:
    """Every page by its own name, and what somebody would write into an address."""
    others = sorted(city.texts.keys() - city.seen_by[login])
    return [
        *((page.url_path, "") for page in PAGES),
        *(("item", f"id={key}") for key in (others[0], others[-1], 999_999)),
        *(("ledger", f"batch={n}") for n in (1, 2)),
        *(("notices", f"view={view}") for view in ("proposed", "waiting", "register")),
        ("desk", "list=overdue_silent"),
        ("quality", "list=unknown_department"),
        *(("common", f"part={part}") for part in ("again", "alike", "hotline")),
        ("common", "part=matters&matter=1"),
        ("items", "matter=1"),
        ("items", f"alike={others[0]}"),
        ("items", "batch=1"),
        ("items", "place=0"),
        ("items", "place=441621102"),
        ("items", "figure=overdue_open"),
        ("items", f"county={quote('紫金县')}"),
        ("items", f"department={quote('市公安局')}"),
        ("items", f"after={others[0]}.1"),
    ]


@pytest.mark.parametrize("login", LOGINS)
def test_no_address_shows_anything_out_of_reach(city: City, served_app: str, login: str):
    secrets, told = city.secrets(login), []
    assert len(secrets) > 500
    with wire_of(served_app, login) as wire:
        for page, query in _questions(city, login):
            heard = wire.run(page, query)
            told += [(page, query, one.decode()) for one in secrets if one in heard]
    assert told == []


def test_the_same_ear_hears_what_is_within_reach(city: City, served_app: str):
    own = {text.encode() for key in city.seen_by["leadunit"] for text in city.texts[key]}
    with wire_of(served_app, "leadunit") as wire:
        heard = wire.run("items")
    assert sum(text in heard for text in own) > 5


def test_a_page_of_another_role_is_answered_with_ones_own_first_page(served_app: str):
    viewer = Viewer("a", "某", frozenset({Role.CO_UNIT}), Scope())
    closed = [page for page in PAGES if not may(viewer, page.right)]
    assert closed
    with wire_of(served_app, "counit") as wire:
        for page in closed:
            assert page.title.encode() not in wire.run(page.url_path), page.title


def test_nobody_goes_on_with_another_logins_page(served_app: str):
    with wire_of(served_app, "supervisor") as wire:
        wire.run("ledger")
        theirs = wire.page_id
    for login in ("county", "supervisor"):
        # Also the same person's next login begins afresh.
        with wire_of(served_app, login, goes_on=theirs) as wire:
            wire.run("ledger")
            assert wire.page_id not in ("", theirs)
