"""诉求人 on 事项详情, role by role, through the whole app on a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from dashboard.engine import key_place
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import PersonalValue
from data_access.schema.base import audit
from supervision.scope import Role, Scope
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NAME, PHONE, ORIGINAL = "钱多多", "13900001111", "钱多多的路口路灯不亮，请打13712345678"
OWN = Scope(departments=frozenset({"市教育局"}))
BUTTON = "查看完整信息"


@pytest.fixture
def city(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A store with an everyday item (1) and a complaint (2), both with their resident."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        personal = (
            PersonalValue("reporter_name", NAME),
            PersonalValue("reporter_phone", PHONE),
            PersonalValue("text:content", ORIGINAL),
        )
        masked = "钱**的路口路灯不亮，请打137****5678"
        rows = (
            ledger_row(row=3, content=masked, personal=personal),
            ledger_row(row=4, content=masked, personal=personal, reporter_protected=True),
        )
        store_import(opened, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY, keys=key_place())
        yield opened


def page_of(item: int) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page("app_pages/item.py")
    app.query_params["id"] = str(item)
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    """Everything the page says, lists included."""
    kinds = ("text", "caption", "subheader", "html", "warning", "dataframe")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def has_button(app: AppTest) -> bool:
    return any(button.label == BUTTON for button in app.button)


def audited(opened: Engine) -> list[str | None]:
    with reading(opened) as connection:
        return list(
            connection.execute(
                select(audit.c.reason).where(audit.c.act == "see_personal_data")
            ).scalars()
        )


@pytest.mark.parametrize(
    ("role", "scope", "everyday", "complaint"),
    [
        (Role.SUPERVISOR, None, "ask", "ask"),
        (Role.APPROVER, None, "ask", "ask"),
        (Role.CALLBACK, None, "ask", "ask"),
        (Role.LEADER, None, "masked", "masked"),
        (Role.LEAD_UNIT, OWN, "masked", "hidden"),
        (Role.CO_UNIT, OWN, "hidden", "hidden"),
    ],
)
def test_each_role_is_shown_as_much_as_it_may_see(
    city: Engine,
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
    scope: Scope | None,
    everyday: str,
    complaint: str,
):
    looks(monkeypatch, city, role, scope=scope)
    for item, shown in ((1, everyday), (2, complaint)):
        app = page_of(item)
        said = drawn(app)
        assert has_button(app) == (shown == "ask")
        assert ("139****1111" in said) == (shown != "hidden")
        # The text itself tells no trace either to who must not know.
        assert ("钱**" in said or "137****5678" in said) == (shown != "hidden")
        for secret in (NAME, PHONE, ORIGINAL, "13712345678"):
            assert secret not in said
    assert audited(city) == []


def test_the_whole_is_shown_once_after_a_reason_and_is_gone_at_the_next_run(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.CALLBACK)
    app = AppTest.from_function(_dialog, default_timeout=60).run()
    app.text_input[0].set_value("回访")
    _press_look(app)
    assert "理由" in drawn(app)
    assert audited(city) == []
    app.text_input[0].set_value("电话回访核实")
    _press_look(app)
    said = drawn(app)
    for secret in (NAME, PHONE, ORIGINAL):
        assert secret in said
    assert audited(city) == ["电话回访核实"]
    kept = repr(app.session_state)
    app.run()
    for secret in (NAME, PHONE, ORIGINAL):
        assert secret not in drawn(app)
        assert secret not in kept


def test_a_session_that_lost_its_right_meanwhile_is_shown_nothing(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    app = AppTest.from_function(_dialog, default_timeout=60).run()
    app.text_input[0].set_value("电话回访核实")
    _press_look(app)
    assert "您的角色不能" in drawn(app)
    assert PHONE not in drawn(app)
    assert audited(city) == []


def _dialog() -> None:
    # In a browser the dialog runs by itself; the page test would run the page around it.
    from dashboard.parts.forms import personal_data_form

    personal_data_form(1)


def _press_look(app: AppTest) -> None:
    next(button for button in app.button if button.label == "查看").click().run()
    assert not app.exception
