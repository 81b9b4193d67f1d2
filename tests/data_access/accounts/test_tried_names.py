"""Names that nobody has, tried by the hundred: counted all, written into the audit in part."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from data_access import clock
from data_access.accounts import sign_in as signing_in
from data_access.database import reading
from data_access.schema.base import audit
from tests.looking import HERE


def _told(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        rows = connection.execute(
            select(audit.c.after).where(audit.c.act == "login_failed").order_by(audit.c.id)
        ).scalars()
        return [json.loads(row)["so_far"] for row in rows]


def test_names_nobody_has_do_not_fill_the_audit_and_are_counted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    at = clock.instant().replace(minute=10)
    monkeypatch.setattr(clock, "instant", lambda: at)
    monkeypatch.setattr(signing_in, "TOLD_EACH", 3)
    # A comparison costs a tenth of a second; it is not what is tried here.
    monkeypatch.setattr(signing_in, "is_right", lambda *_: False)

    def fails(name: str) -> None:
        with pytest.raises(signing_in.SignInRefused):
            signing_in.sign_in(engine, name, "Wrong-Password#1", client=HERE)

    for n in range(105):
        fails(f"nobody-{n}")
    assert _told(engine) == [1, 2, 3, 100]
    at += timedelta(hours=1)
    fails("nobody-again")
    assert _told(engine) == [1, 2, 3, 100, 1]
