"""撤销本次导入 on the page and `duban ledger undo` at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from streamlit.testing.v1 import AppTest

from dashboard.commands import main
from dashboard.terminal import ACCEPTED, REJECTED
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.schema.items import items
from supervision.scope import Role
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
HOSTILE = "=1+1 **粗** [点](http://outside.example) <b>13912345678</b>"


@pytest.fixture
def city(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        looks(monkeypatch, engine, Role.SUPERVISOR)
        store_import(engine, judged_ledger(ledger_row(row=3)), viewer=SUPERVISOR, as_of=TODAY)
        again = judged_ledger(ledger_row(row=3, remarks="催办"), ledger_row(row=4))
        store_import(engine, again, viewer=SUPERVISOR, as_of=TODAY)
        yield engine


def batch(number: int) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page("app_pages/ledger_upload.py")
    app.query_params["batch"] = str(number)
    return seen(app.run())


def seen(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    shown = (*app.text, *app.caption, *app.warning, *app.success, *app.info, *app.error)
    return "\n".join(element.value for element in shown)


def asked(number: int) -> AppTest:
    return seen(batch(number).button(key="undo_batch").click().run())


def stored_items(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(items)).scalar_one())


def test_the_dialog_tells_in_numbers_what_will_happen_and_the_page_what_was_done(city: Engine):
    app = asked(2)
    assert "本批新增的 1 件" in texts(app)
    assert "本批更新的 1 件" in texts(app)
    app.text_input(key="undo_batch_reason").set_value(HOSTILE)
    app = seen(app.button(key="undo_batch_send").click().run())
    assert "已撤销第 2 批导入：移除新增的 1 件，更新的 1 件已恢复原值。" in texts(app)
    assert stored_items(city) == 1
    told = texts(app)
    assert "第 2 批（已撤销）" in told
    assert r"139\*\*\*\*5678" in told
    # The reason is shown as it was written: dressed, so that nothing in it becomes a link.
    assert "[点](" not in told
    assert "13912345678" not in told
    assert [button.key for button in app.button if button.key == "undo_batch"] == []
    assert "已撤销第 2 批" not in texts(seen(app.run()))


def test_without_a_reason_nothing_is_done(city: Engine):
    app = asked(2)
    app = seen(app.button(key="undo_batch_send").click().run())
    assert "请写明撤销的原因" in texts(app)
    assert stored_items(city) == 2


@pytest.mark.usefixtures("city")
def test_what_stands_in_the_way_is_listed_and_nothing_is_offered():
    app = asked(1)
    assert "入库以后有 1 件事项又有变动（如下），整批不能撤销" in texts(app)
    assert "第3号路口路灯不亮" in texts(app)
    assert [button.key for button in app.button if button.key == "undo_batch_send"] == []
    app = seen(app.button(key="undo_batch_close").click().run())
    assert "整批不能撤销" not in texts(app)


def test_called_off_nothing_is_done(city: Engine):
    app = asked(2)
    app = seen(app.button(key="undo_batch_close").click().run())
    assert "本批新增的" not in texts(app)
    assert stored_items(city) == 2


def test_the_command_takes_a_batch_back_or_names_what_stands_in_the_way(
    city: Engine, capsys: pytest.CaptureFixture[str]
):
    assert main(["ledger", "undo", "1", "--reason", "导错了"]) == REJECTED
    said = capsys.readouterr().err
    assert "整批不能撤销" in said
    assert "MDM-0003\t按台账更新事项" in said
    assert main(["ledger", "undo", "2", "--reason", "导错了"]) == ACCEPTED
    assert "移除新增的 1 件" in capsys.readouterr().out
    assert stored_items(city) == 1
