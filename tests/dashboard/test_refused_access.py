"""Whoever asks for what is not his is refused, and it stands in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, Row, select
from streamlit.testing.v1 import AppTest

from dashboard import acts, identity, item_acts
from data_access.audit_trail import verified_chain
from data_access.database import reading, transaction
from data_access.ledger_import.apply import store_import
from data_access.schema.base import audit
from data_access.writes import refused_access
from supervision.lifecycle import Act
from supervision.rights import NotPermitted, Right
from supervision.scope import Role, Scope, Viewer
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
AWAY = Scope(reporting_units=frozenset({"紫金县"}))
COUNTY = Viewer("someone", "某人", frozenset({Role.COUNTY_ADMIN}), AWAY)
CLERK = Viewer("clerk", "某人", frozenset({Role.CO_UNIT}), Scope())


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store with one item of 东源县."""
    identity._refused.clear()
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        store_import(opened, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
        yield opened
    identity._refused.clear()


def refused(engine: Engine) -> list[Row]:
    question = select(audit).where(audit.c.act == "access_refused").order_by(audit.c.id)
    with reading(engine) as connection:
        return list(connection.execute(question))


def test_a_right_that_somebody_lacks_is_recorded_with_what_was_asked(city: Engine):
    with pytest.raises(NotPermitted):
        acts.plan_ledger(judged_ledger(), viewer=CLERK)
    asked = {"viewer": CLERK, "as_of": TODAY, "token": "t"}
    with pytest.raises(NotPermitted):
        item_acts.perform(Act.ASSIGN, {1: 1}, item_acts.Said(), **asked)
    told = refused(city)
    assert [row.actor for row in told] == ["clerk", "clerk"]
    assert [word in row.after for word, row in zip(("导入台账", "交办"), told, strict=True)] == [
        True, True,
    ]  # fmt: skip
    assert verified_chain(city).fault is None


def test_an_act_on_an_item_out_of_reach_is_recorded_with_the_item(city: Engine):
    asked = {"viewer": COUNTY, "as_of": TODAY, "token": "t"}
    assert item_acts.perform(Act.ASSIGN, {1: 1, 99: 1}, item_acts.Said(), **asked).refused
    assert [row.entity_id for row in refused(city)] == [1]


def test_the_page_of_an_item_out_of_reach_is_recorded_and_a_mistyped_one_is_not(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=AWAY)
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page("app_pages/item.py")
    for asked in ("1", "99", "x"):
        app.query_params["id"] = asked
        app.run()
        assert not app.exception
    assert [(row.actor, row.entity_id) for row in refused(city)] == [("someone", 1)]


def test_who_tries_every_number_does_not_fill_the_audit(city: Engine):
    for _ in range(105):
        identity.note_unseen_item(COUNTY, 1)
    told = [row.after for row in refused(city)]
    assert len(told) == 21
    assert '"so_far":100' in told[-1]


def test_a_refusal_does_not_wait_for_who_stores_a_ledger(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(refused_access, "_WAIT_MS", 20)
    with transaction(city), pytest.raises(NotPermitted):
        identity.require(CLERK, Right.EXPORT)
    assert refused(city) == []
