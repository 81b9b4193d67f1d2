"""The page 账号管理, through the whole app on a real store."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from dashboard import acts, reads
from data_access import clock
from data_access.accounts.known import account_list
from data_access.accounts.sessions import SessionLimits, living_sessions, open_session, signed_in
from data_access.accounts.sign_in import SignInRefused, sign_in
from data_access.accounts.upkeep import AccountWanted
from data_access.database import recording
from data_access.schema.base import audit
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope, Viewer
from tests.dashboard.administering import Desk
from tests.looking import GOOD_PASSWORD, HERE, account, looks

PAGE = "accounts.py"


@pytest.fixture
def store(app_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    looks(monkeypatch, app_store, Role.SYSADMIN)
    return app_store


def told(store: Engine) -> list[str]:
    with store.connect() as connection:
        return list(connection.execute(select(audit.c.act).order_by(audit.c.id)).scalars())


def shown_password(desk: Desk) -> str:
    return str(desk.app.code[0].value)


def test_an_administrator_finds_the_page_first_and_sees_every_account(store: Engine):
    account(store, Role.LEADER, login="boss")
    desk = Desk(PAGE)
    assert desk.app.title[0].value == "账号管理"
    assert desk.table("login", "roles")["login"].tolist() == ["boss", "someone"]
    assert "共 2 个账号" in desk.said


def test_a_new_account_gets_a_one_time_password_that_is_shown_once(store: Engine):
    desk = Desk(PAGE).press("新建账号")
    desk.write("账号", "wangwu").write("姓名", "王五").choose("角色", "督查督办员")
    desk.press("建立账号")
    password = shown_password(desk)
    token = sign_in(store, "wangwu", password, client=HERE)
    who = signed_in(store, token, limits=SessionLimits())
    assert who is not None
    assert who.must_change
    desk.press("我已记下")
    assert password not in desk.said
    assert not desk.app.code


@pytest.mark.parametrize(
    ("login", "name", "roles", "sentence"),
    [
        ("王五", "王五", ["市领导"], "账号用字母、数字"),
        ("SOMEONE", "王五", ["市领导"], "账号“someone”已经存在。"),
        ("wangwu", "", ["市领导"], "请填写姓名"),
        ("wangwu", "王五", [], "请至少选择一个角色。"),
        ("wangwu", "王五", ["系统管理员", "市领导"], "系统管理员不能兼任其他角色"),
        ("wangwu", "王五", ["审计员", "市领导"], "审计员不能兼任其他角色"),
    ],
)
def test_what_is_refused_is_told_and_makes_no_account(
    store: Engine, login: str, name: str, roles: list[str], sentence: str
):
    desk = Desk(PAGE).press("新建账号")
    desk.write("账号", login).write("姓名", name).choose("角色", *roles).press("建立账号")
    assert desk.refusals[0].startswith(sentence)
    assert len(account_list(store)) == 1


def test_roles_and_scope_are_changed_and_the_persons_sessions_end(store: Engine):
    key = account(store, Role.LEADER, login="boss")
    token = sign_in(store, "boss", GOOD_PASSWORD, client=HERE)
    desk = Desk(PAGE, account=str(key))
    desk.choose("角色", "县(区)专班").take("可见范围", "指定县（区）、单位").choose(
        "县（区）", "源城区"
    )
    desk.press("保存")
    assert "已保存。" in desk.said
    changed = next(one for one in account_list(store) if one.id == key).viewer
    assert changed.roles == {Role.COUNTY_ADMIN}
    assert changed.scope == Scope(reporting_units=frozenset({"源城区"}))
    assert signed_in(store, token, limits=SessionLimits()) is None


def test_two_administrators_do_not_overwrite_each_other(store: Engine):
    key = account(store, Role.LEADER, login="boss")
    early, late = Desk(PAGE, account=str(key)), Desk(PAGE, account=str(key))
    early.write("姓名", "早").press("保存")
    late.write("姓名", "晚").press("保存")
    assert late.refusals == ["这个账号刚被别人改过，请刷新后再改。"]
    assert next(one for one in account_list(store) if one.id == key).viewer.name == "早"


def test_an_account_is_switched_off_and_on_and_says_so(store: Engine):
    key = account(store, Role.LEADER, login="boss")
    desk = Desk(PAGE, account=str(key)).press("确认停用")
    assert "已停用" in desk.said
    with pytest.raises(SignInRefused):
        sign_in(store, "boss", GOOD_PASSWORD, client=HERE)
    desk.press("确认启用")
    assert sign_in(store, "boss", GOOD_PASSWORD, client=HERE)
    assert [act for act in told(store) if act.endswith("able_account")] == [
        "disable_account", "enable_account",
    ]  # fmt: skip


def test_a_locked_account_is_seen_and_unlocked(store: Engine):
    key = account(store, Role.LEADER, login="boss")
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(store, "boss", "wrong", client=HERE)
    desk = Desk(PAGE)
    assert desk.table("login", "state").set_index("login")["state"]["boss"].startswith("已锁定")
    desk = Desk(PAGE, account=str(key)).press("解除锁定")
    assert sign_in(store, "boss", GOOD_PASSWORD, client=HERE)
    assert not desk.offers("解除锁定")
    assert "unlock_account" in told(store)


def test_a_reset_password_is_new_shown_once_and_must_be_changed(store: Engine):
    key = account(store, Role.LEADER, login="boss")
    desk = Desk(PAGE, account=str(key)).press("确认重置")
    with pytest.raises(SignInRefused):
        sign_in(store, "boss", GOOD_PASSWORD, client=HERE)
    who = signed_in(
        store, sign_in(store, "boss", shown_password(desk), client=HERE), limits=SessionLimits()
    )
    assert who is not None
    assert who.must_change


def test_nobody_switches_off_resets_or_promotes_himself(store: Engine):
    own = next(one.id for one in account_list(store) if one.viewer.account == "someone")
    desk = Desk(PAGE, account=str(own)).press("确认停用")
    assert desk.refusals == ["不能停用自己的账号。"]
    desk.press("确认重置")
    assert desk.refusals == ["自己的密码请从右上角的姓名里“修改密码”。"]
    desk.choose("角色", "市领导").press("保存")
    assert desk.refusals == ["不能调整自己的权限，请由另一位系统管理员办理。"]


def test_a_session_is_seen_and_ended_from_the_page(store: Engine):
    account(store, Role.LEADER, login="boss")
    token = sign_in(store, "boss", GOOD_PASSWORD, client=HERE)
    desk = Desk(PAGE).turn_to("在线会话")
    table = desk.table("login", "seen", "address")
    assert table[["login", "address", "way"]].values.tolist()[0] == [
        "boss",
        "127.0.0.1",
        "账号密码",
    ]
    desk.click_row("sessions", 0, "name").press("结束这个会话")
    assert signed_in(store, token, limits=SessionLimits()) is None
    assert "end_session" in told(store)


@pytest.mark.usefixtures("store")
def test_ones_own_session_is_not_ended_here():
    desk = Desk(PAGE).turn_to("在线会话").click_row("sessions", 0, "name")
    assert "这是您自己的会话" in desk.said
    assert not desk.offers("结束这个会话")


OTHERS = [role for role in Role if role not in (Role.SYSADMIN, Role.SYSTEM)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_asks_for_accounts_or_changes_them(store: Engine, role: Role):
    other = Viewer("other", "别人", frozenset({role}), Scope.whole_city())
    wanted = AccountWanted("x1", "某", frozenset({Role.LEADER}), Scope.whole_city())
    tried = (
        lambda: reads.account_list(other),
        lambda: reads.living_sessions(other),
        lambda: reads.names_for_scopes(other),
        lambda: acts.create_account(wanted, viewer=other),
        lambda: acts.create_accounts([wanted], viewer=other),
        lambda: acts.change_account(1, wanted, row_version=1, viewer=other),
        lambda: acts.set_account_active(1, active=False, row_version=1, viewer=other),
        lambda: acts.unlock_account(1, row_version=1, viewer=other),
        lambda: acts.reset_password(1, row_version=1, viewer=other),
        lambda: acts.end_session(1, viewer=other),
    )
    for act in tried:
        with pytest.raises(NotPermitted, match="您的角色不能管理账号与权限"):
            act()
    assert len(account_list(store)) == 1


def test_an_act_is_refused_when_the_right_was_taken_while_the_page_was_open(store: Engine):
    own = next(one for one in account_list(store) if one.viewer.account == "someone")
    key = account(store, Role.LEADER, login="boss")
    account(store, Role.SYSADMIN, login="second")
    second = next(one.viewer for one in account_list(store) if one.viewer.account == "second")
    desk = Desk(PAGE, account=str(key))
    acts.set_account_active(own.id, active=False, row_version=own.row_version, viewer=second)
    desk.press("确认停用")
    assert "登录已失效" in desk.said
    assert next(one for one in account_list(store) if one.id == key).active


def test_a_session_that_was_not_used_for_long_is_not_called_living(store: Engine):
    with recording(store) as change:
        open_session(change.connection, 1, way="password", client=HERE)
    long_ago = SessionLimits(idle=SessionLimits().idle * -1)
    assert signed_in(store, "no such token", limits=long_ago) is None
    assert len(living_sessions(store, limits=SessionLimits())) == 2
    assert living_sessions(store, limits=long_ago) == []
    assert clock.instant() >= living_sessions(store, limits=SessionLimits())[0].seen_at
