"""`duban account`: what an administrator who is locked out does at the terminal."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine, select

from dashboard.commands import main
from dashboard.settings import settings
from data_access.accounts.known import account_list
from data_access.accounts.sign_in import SignInRefused, sign_in
from data_access.database import reading
from data_access.schema.base import audit
from supervision.passwords import FAILURES_BEFORE_LOCK
from supervision.scope import Role
from tests.looking import GOOD_PASSWORD, HERE, account


@pytest.fixture
def city(engine: Engine, store_url: str, monkeypatch: pytest.MonkeyPatch):
    """A store with an administrator `root`, which the commands of this test open."""
    monkeypatch.setenv("DUBAN_DATABASE_URL", store_url)
    settings.cache_clear()
    account(engine, Role.SYSADMIN, login="root")
    yield engine
    settings.cache_clear()


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["account", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


def _password(said: str) -> str:
    return re.findall(r"（只显示这一次）：(\S+)", said)[0]


def test_an_account_made_at_the_terminal_opens_with_the_password_said_once(
    city: Engine, capsys: pytest.CaptureFixture[str]
):
    status, said = _run(capsys, "create", "li.si", "李四", "--role", "督查督办员",
                        "--role", "callback", "--unit", "源城区", "--subject", "uid-9")  # fmt: skip
    assert status == 0
    assert sign_in(city, "li.si", _password(said), client=HERE)
    _, listed = _run(capsys, "list")
    assert "li.si\t李四\t督查督办员、回访员\t源城区\t须改密码\n" in listed
    assert "root\t某人\t系统管理员\t不看事项\t正常\n" in listed
    assert _password(said) not in listed


def test_who_is_locked_out_comes_in_again(city: Engine, capsys: pytest.CaptureFixture[str]):
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(SignInRefused):
            sign_in(city, "root", "Wrong-Password#1", client=HERE)
    assert "锁定至" in _run(capsys, "list")[1]
    assert _run(capsys, "unlock", "root") == (0, "账号 root 可以登录了。\n")
    assert sign_in(city, "root", GOOD_PASSWORD, client=HERE)
    status, said = _run(capsys, "reset-password", "root")
    assert status == 0
    with pytest.raises(SignInRefused):
        sign_in(city, "root", GOOD_PASSWORD, client=HERE)
    assert sign_in(city, "root", _password(said), client=HERE)
    with reading(city) as connection:
        told = connection.execute(select(audit.c.act, audit.c.actor, audit.c.after)).all()
    acts = [(row.act, row.actor) for row in told]
    assert ("unlock_account", "terminal") in acts
    assert ("reset_password", "terminal") in acts
    assert _password(said) not in str(told)


def test_an_account_is_switched_off_but_not_the_last_administrator(
    city: Engine, capsys: pytest.CaptureFixture[str]
):
    account(city, Role.LEADER)
    assert _run(capsys, "disable", "someone") == (0, "账号 someone 已停用。\n")
    assert "停用" in _run(capsys, "list")[1]
    status, said = _run(capsys, "disable", "root")
    assert (status, "最后一个可用的系统管理员" in said) == (2, True)
    assert [a.active for a in account_list(city)] == [True, False]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["unlock", "nobody"], "没有账号“nobody”"),
        (["create", "ab", "甲", "--role", "市长"], "没有角色“市长”，可用的有：市领导"),
        (["create", "ab", "甲"], "至少选择一个角色"),
        (["create", "ab", "甲", "--role", "auditor", "--role", "sysadmin"], "三员分立"),
        (["create", "ab", "甲", "--role", "leader"], "请选择可见范围"),
        (["create", "root", "甲", "--role", "auditor"], "已经存在"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_done(
    city: Engine, capsys: pytest.CaptureFixture[str], words: list[str], told: str
):
    status, said = _run(capsys, *words)
    assert status == 2
    assert told in said
    assert len(account_list(city)) == 1
