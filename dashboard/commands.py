"""The `duban` command: ledgers, figures, calendar, database, sample city, serving."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError

from dashboard.city_parsers import add_city, add_geo
from dashboard.command_words import NO_LETTER, day_told, speak_chinese
from dashboard.defects import noted_defect
from dashboard.hotline_commands import add_hotline
from dashboard.item_commands import add_items
from dashboard.ledger_parsers import add_ledger
from dashboard.privacy_commands import add_privacy, see_to_keys
from dashboard.programme_parsers import add_programmes
from dashboard.rule_parsers import add_rules
from dashboard.settings import SettingRefused, settings
from dashboard.terminal import ACCEPTED, REJECTED, complain, say
from dashboard.wording import DEFECT_SHOWN, STORE_NOT_REACHED
from data_access import clock
from data_access.accounts.wanted import AccountRefused
from data_access.database import change_number, open_engine
from data_access.privacy.keys import KeyRefused
from data_access.writes.acting.outcome import StoreBusy

_opened: list[Engine] = []
"""The stores that a command has opened, to be closed at its end."""
_GOING_ON = "上次写入演示城市时中断，正在接着写完……"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status that the contract of each command names."""
    speak_chinese()
    asked = _parser().parse_args(arguments)
    try:
        clock.tell(asked.as_of or settings().as_of)
        status: int = asked.run(asked)
    except (SettingRefused, KeyRefused, AccountRefused, StoreBusy) as refusal:
        complain(str(refusal))
        return REJECTED
    except (OperationalError, ArgumentError) as problem:
        complain(STORE_NOT_REACHED.format(number=noted_defect(problem)))
        return REJECTED
    except Exception as problem:
        # Whatever it is: nobody at a terminal is helped by a traceback.
        no_letter = isinstance(problem, UnicodeEncodeError)
        complain(NO_LETTER if no_letter else DEFECT_SHOWN.format(number=noted_defect(problem)))
        return REJECTED
    finally:
        while _opened:
            _opened.pop().dispose()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="duban", description="督办：承诺事项的督查督办")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--as-of", type=day_told, default=None, metavar="日期",
        help="以这一天为“今天”，例如 2026-11-20",
    )  # fmt: skip
    commands = parser.add_subparsers(required=True, metavar="命令")
    add_ledger(commands, common, _store)
    _account(commands, common)
    add_rules(commands, common, _store)
    add_items(commands, common, _store)
    add_geo(commands, common)
    add_programmes(commands, common, _store)
    add_hotline(commands, common, _store)
    add_city(commands, common, partial(_store, upgraded=False))
    figures = commands.add_parser("figures", parents=[common], help="全部登记指标")
    figures.add_argument("--json", action="store_true")
    figures.add_argument("--from", dest="first", type=day_told, default=None,
                         metavar="日期", help="统计期起（默认本月1日）")  # fmt: skip
    figures.add_argument("--to", dest="last", type=day_told, default=None,
                         metavar="日期", help="统计期止（默认今天）")  # fmt: skip
    figures.set_defaults(run=_figures)
    database = commands.add_parser("db", help="数据库").add_subparsers(required=True)
    upgrade = database.add_parser("upgrade", parents=[common], help="升级到当前结构")
    upgrade.set_defaults(run=_database_upgrade)
    _audit(commands, common)
    add_privacy(commands, common, _store)
    sample = commands.add_parser("sample", parents=[common], help="写入演示城市")
    sample.add_argument("--items", type=int, default=None, metavar="件数")
    sample.set_defaults(run=_sample)
    serve = commands.add_parser("serve", parents=[common], help="启动看板")
    serve.add_argument("--port", type=int, default=None)
    serve.add_argument("--no-sample", action="store_true", help="不写入演示城市")
    serve.set_defaults(run=_serve)
    return parser


def _account(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
) -> None:
    account = commands.add_parser("account", help="账号").add_subparsers(required=True)
    listed = account.add_parser("list", parents=[common], help="全部账号")
    listed.set_defaults(run=_account_list)
    made = account.add_parser("create", parents=[common], help="建立账号")
    made.add_argument("login", metavar="账号")
    made.add_argument("name", metavar="姓名")
    made.add_argument("--role", action="append", default=[], metavar="角色",
                      help="可写多次，例如 督查督办员")  # fmt: skip
    made.add_argument("--city", action="store_true", help="可见全市")
    made.add_argument("--unit", action="append", default=[], metavar="县区", help="可写多次")
    made.add_argument("--department", action="append", default=[], metavar="单位",
                      help="可写多次")  # fmt: skip
    made.add_argument("--subject", default=None, metavar="标识",
                      help="统一身份认证或代理用来称呼此人的标识")  # fmt: skip
    made.set_defaults(run=_account_create)
    for act, told in (("reset-password", "重置为一次性密码"), ("unlock", "解除锁定"),
                      ("disable", "停用")):  # fmt: skip
        changed = account.add_parser(act, parents=[common], help=told)
        changed.add_argument("login", metavar="账号")
        changed.set_defaults(run=_account_change, act=act)


def _audit(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
) -> None:
    audit = commands.add_parser("audit", help="审计记录").add_subparsers(required=True)
    verify = audit.add_parser("verify", parents=[common], help="核验记录是否完整")
    verify.set_defaults(run=_audit_verify)
    export = audit.add_parser("export", parents=[common], help="导出为工作簿，供检查")
    export.add_argument("file", type=Path)
    export.add_argument("--from", dest="first", type=day_told, default=None,
                        metavar="日期", help="自哪一天起（默认不限）")  # fmt: skip
    export.add_argument("--to", dest="last", type=day_told, default=None,
                        metavar="日期", help="到哪一天止（默认不限）")  # fmt: skip
    export.set_defaults(run=_audit_export)


def _store(*, upgraded: bool = True) -> Engine:
    engine = open_engine(settings().database_url)
    _opened.append(engine)
    if upgraded:
        from data_access.store import prepare

        prepare(engine)
    return engine


def _account_list(_asked: argparse.Namespace) -> int:
    from dashboard.account_commands import list_accounts

    return list_accounts(_store())


def _account_create(asked: argparse.Namespace) -> int:
    from dashboard.account_commands import make_account

    return make_account(
        _store(), asked.login, asked.name, roles=asked.role, whole_city=asked.city,
        units=asked.unit, departments=asked.department, subject=asked.subject,
    )  # fmt: skip


def _account_change(asked: argparse.Namespace) -> int:
    from dashboard.account_commands import disable, reset, unlock

    acts = {"reset-password": reset, "unlock": unlock, "disable": disable}
    return acts[asked.act](_store(), asked.login)


def _figures(asked: argparse.Namespace) -> int:
    from dashboard.figure_commands import told_figures
    from data_access.moment import Period, month_of

    as_of = clock.today()
    month = month_of(as_of)
    period = Period(asked.first or month.first, asked.last or as_of)
    if period.first > min(period.last, as_of):
        say("统计期的起始日晚于截止日或晚于今天，请检查 --from 和 --to。")
        return REJECTED
    period = period.cut_at(as_of)
    told = told_figures(_store(), as_of=as_of, period=period)
    if asked.json:
        say(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return ACCEPTED
    say(f"数据截至 {as_of:%Y-%m-%d}，统计期 {period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}")
    for figure in told["figures"]:
        say(f"{figure['name']}\t{figure['text']}")
    return ACCEPTED


def _audit_verify(_asked: argparse.Namespace) -> int:
    from dashboard.audit_commands import verify

    return verify(_store())


def _audit_export(asked: argparse.Namespace) -> int:
    from dashboard.audit_commands import export

    return export(_store(), asked.file, asked.first, asked.last)


def _database_upgrade(_asked: argparse.Namespace) -> int:
    _store()
    say("数据库已是当前结构。")
    return ACCEPTED


def _sample(asked: argparse.Namespace) -> int:
    from data_access.sample import SAMPLE_ITEMS, fill_with_sample, unfinished_sample
    from data_access.store import is_empty, own_city

    engine = _store()
    if city := own_city(engine):
        say(f"库里是{city}的名册，演示数据是另一个城市的，没有写入。")
        return REJECTED
    if unfinished_sample(engine):
        say(_GOING_ON)
    elif not is_empty(engine):
        say("库中已有事项，未写入演示数据。请换一个空库（DUBAN_DATABASE_URL）。")
        return REJECTED
    keys, wanted = see_to_keys(engine), asked.items or SAMPLE_ITEMS
    fill_with_sample(engine, as_of=clock.today(), items=wanted, keys=keys, told=say)
    return ACCEPTED


def _serve(asked: argparse.Namespace) -> int:
    from dashboard.account_commands import first_accounts
    from dashboard.asgi import serve
    from data_access.facts import facts
    from data_access.sample import fill_with_sample, stale_sample, unfinished_sample
    from data_access.store import is_empty, own_city

    engine = _store()
    keys = see_to_keys(engine)
    unfinished = unfinished_sample(engine) is not None
    if asked.no_sample:
        if unfinished:
            say("库中的演示城市没有写完，数字不完整；不带 --no-sample 再启动一次即可写完。")
    elif (city := own_city(engine)) and is_empty(engine):
        say(f"库里是{city}的名册，还没有事项：请登录后在“台账导入”导入第一份台账。")
    elif not unfinished and is_empty(engine) and settings().is_for_others:
        say("库中还没有事项。供他人访问的服务不写入演示城市，请导入台账，或以 duban sample 写入。")
    elif unfinished or is_empty(engine):
        say(_GOING_ON if unfinished else "首次启动，正在写入演示城市……")
        fill_with_sample(engine, as_of=clock.today(), keys=keys)
    first_accounts(engine)
    if day := stale_sample(engine, as_of=clock.today()):
        say(f"库中是 {day} 的演示数据；要看当日的情形，请用 make run AS_OF={day} 启动。")
    return serve(
        asked.port,
        store_answers=lambda: change_number(engine),
        warm=lambda: facts(engine),
    )


if __name__ == "__main__":
    sys.exit(main())
