"""A face-to-face session of the city and what was promised there; nobody in it exists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.schema.registers import departments
from data_access.writes import commitments as acts
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.face_to_face import SessionWanted, enter_session
from supervision.scope import Scope, Viewer
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
ZIJIN = Scope(reporting_units=frozenset({"紫金县"}))
EDUCATION = Scope(departments=frozenset({"市教育局"}))
WATER = Scope(departments=frozenset({"市水务局"}))
DUE = date(2026, 11, 20)


def filled(engine: Engine) -> Engine:
    """One session of the city with an item of 东源县 and one of 紫金县, and one without items."""
    for theme in ("教育", "供水"):
        wanted = SessionWanted(date(2026, 10, 8), theme, "分管领导", "市级", 40, 30, 25)
        enter_session(engine, wanted, viewer=SUPERVISOR)
    rows = [
        ledger_row(row=3, session_theme="教育"),
        ledger_row(row=4, session_theme="教育", county="紫金县", township="蓝塘镇"),
    ]
    store_import(engine, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return engine


def department(engine: Engine, name: str) -> int:
    """The id of a department."""
    with reading(engine) as connection:
        return connection.execute(
            select(departments.c.id).where(departments.c.name == name)
        ).scalar_one()


def promise(
    engine: Engine, text: str = "年底前加装校门口红绿灯", **said: object
) -> CommitmentWanted:
    """市教育局 promises, unless told otherwise."""
    usual: dict[str, object] = {
        "text": text, "promised_by": "李某（市教育局局长）",
        "department_id": department(engine, "市教育局"), "due_on": DUE, "items": (),
    }  # fmt: skip
    return CommitmentWanted(**{**usual, **said})  # type: ignore[arg-type]


def made(engine: Engine, *, by: Viewer = SUPERVISOR, session: int = 1, **said: object) -> int:
    """The id of such a commitment, entered."""
    return acts.make_commitment(engine, session, promise(engine, **said), as_of=TODAY, viewer=by)
