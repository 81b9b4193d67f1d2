"""A server that others reach: nothing that everybody knows opens it, nothing made up fills it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select

from dashboard import identity
from dashboard.settings import read_settings, settings
from data_access.accounts.known import LOCAL
from data_access.accounts.sample_accounts import SAMPLE_PASSWORD, make_sample_accounts
from data_access.accounts.sign_in import SignInRefused
from data_access.database import open_engine, reading, transaction
from data_access.schema.base import settings as kept_settings
from data_access.schema.items import items
from tests.app_store import store_of_the_app
from tests.looking import HERE
from tests.serving import asked, served

OTHERS = {
    "another address": {
        "DUBAN_HOST": "10.0.0.5", "DUBAN_ALLOWED_HOSTS": "duban.example", "DUBAN_TLS": "0",
        "DUBAN_DATABASE_URL": "sqlite:///x.sqlite3", "DUBAN_KEY_FILE": "x.key",
    },
    "encrypted": {"DUBAN_TLS": "1"},
    "another name": {"DUBAN_ALLOWED_HOSTS": "duban.example"},
    "a proxy": {"DUBAN_PROXY_ADDRESSES": "127.0.0.1"},
}  # fmt: skip


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store that says it is the sample city, with its accounts."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        with transaction(opened) as change:
            change.connection.execute(
                insert(kept_settings).values(name="sample_city", value="2026-11-25 1500")
            )
        make_sample_accounts(opened, viewer=LOCAL)
        yield opened


@pytest.mark.parametrize("environment", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_set_for_others_says_that_they_come(environment: dict[str, str]):
    assert read_settings(environment).is_for_others
    assert not read_settings({"DUBAN_HOST": "127.0.0.1", "DUBAN_TLS": "0"}).is_for_others


@pytest.mark.usefixtures("city")
def test_the_published_password_opens_the_sample_city_on_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch,
):
    who = identity.signed_in(identity.sign_in("sysadmin", SAMPLE_PASSWORD, HERE))
    assert who is not None
    assert len(identity.accounts_to_try()) == 9
    monkeypatch.setenv("DUBAN_ALLOWED_HOSTS", "duban.example")
    settings.cache_clear()
    assert identity.accounts_to_try() == []
    with pytest.raises(SignInRefused, match="账号或密码不正确"):
        identity.sign_in("leader", SAMPLE_PASSWORD, HERE)
    with pytest.raises(SignInRefused, match="人人都知道"):
        identity.change_password(who, SAMPLE_PASSWORD, SAMPLE_PASSWORD, HERE)


def test_the_first_start_for_others_fills_in_no_sample_city(tmp_path: Path):
    store = f"sqlite:///{tmp_path / 'city.sqlite3'}"
    with served(tmp_path, DUBAN_DATABASE_URL=store, DUBAN_TLS="1") as address:
        page = asked(address, "/login").text
    assert SAMPLE_PASSWORD not in page
    log = (tmp_path / "server.log").read_text()
    assert "不写入演示城市" in log
    assert "已建立系统管理员账号 admin" in log
    engine = open_engine(store)
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(items)).scalar_one() == 0
    engine.dispose()
