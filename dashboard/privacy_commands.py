"""Residents' data at the terminal: keys, a new key for everything, erasing, keeping no longer."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from sqlalchemy import Engine

from dashboard.engine import key_place
from dashboard.terminal import ACCEPTED, REJECTED, say
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.database import reading
from data_access.privacy.erasure import Expired, erase, erase_expired, expired, items_named
from data_access.privacy.key_place import KeyPlace, ready_keys
from data_access.privacy.keys import new_key
from data_access.privacy.rotation import rotate
from supervision.reporters import LEAST_REASON

TOLD_AT_MOST = 10
LONGEST_KEPT = 36_500
"""Days: a hundred years."""


def see_to_keys(engine: Engine) -> KeyPlace:
    """Before anything is sealed: keys are there and open what the store holds, or KeyRefused."""
    place = key_place()
    with reading(engine) as connection:
        made = ready_keys(connection, place)
    if made:
        say(f"已生成个人信息的加密密钥 {place.file}；请另行备份，丢失后个人信息无法恢复。")
    return place


def add_privacy(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Callable[[], Engine],
) -> None:
    """Teach the command line `duban key …` and `duban personal …`; `store` opens the store."""
    key = commands.add_parser("key", help="个人信息的加密密钥").add_subparsers(required=True)
    new = key.add_parser("new", parents=[common], help="生成一个密钥并显示")
    new.set_defaults(run=lambda _asked: tell_new_key())
    rotated = key.add_parser("rotate", parents=[common], help="换新密钥，重新加密全部个人信息")
    rotated.set_defaults(run=lambda _asked: rotate_keys(store()))
    personal = commands.add_parser("personal", help="群众个人信息").add_subparsers(required=True)
    erased = personal.add_parser("erase", parents=[common], help="删除一件事项的个人信息")
    erased.add_argument("--item", required=True, metavar="编号")
    erased.add_argument("--reason", required=True, metavar="理由")
    erased.set_defaults(run=lambda asked: erase_one(store(), asked.item, asked.reason))
    retained = personal.add_parser("retain", parents=[common], help="删除保存期满的个人信息")
    retained.add_argument("--older-than", type=int, required=True, metavar="天数")
    retained.add_argument("--yes", action="store_true", help="确认删除；不加只列出")
    retained.set_defaults(run=lambda asked: retain(store(), asked.older_than, sure=asked.yes))


def tell_new_key() -> int:
    """A key on the screen and nowhere else."""
    say(new_key())
    return ACCEPTED


def rotate_keys(engine: Engine) -> int:
    """Seal everything anew."""
    place = key_place()
    done = rotate(engine, place, viewer=LOCAL)
    say(f"已用新密钥（编号 {done.key_id}）重新加密 {done.rows} 项个人信息。")
    if place.told:
        say("现在可以从 DUBAN_KEY 中去掉旧密钥；旧备份仍需旧密钥，请另行保管。")
    else:
        say(f"旧密钥已移到 {place.file}.旧编号.old；确认旧备份不再需要后请删除。")
    return ACCEPTED


def erase_one(engine: Engine, item: str, reason: str) -> int:
    """Erase the personal data of the item with this number (or `id=123`)."""
    reason = reason.strip()
    if len(reason) < LEAST_REASON:
        say(f"请写明理由（至少 {LEAST_REASON} 个字）。")
        return REJECTED
    found = items_named(engine, item)
    if len(found) != 1:
        named = f"有 {len(found)} 件事项" if found else "没有事项"
        say(f"{named}的编号是“{item}”。可改用事项详情页地址里 id= 后面的数字，写成 id=123。")
        return REJECTED
    done = erase(engine, found, reason=reason, viewer=LOCAL)
    say(f"已删除 {done} 项个人信息；事项本身和遮盖后的正文保留，审计中有记录。")
    return ACCEPTED


def retain(engine: Engine, days: int, *, sure: bool) -> int:
    """Tell, or when `sure` erase, what has been kept longer than so many days after the end."""
    if not 1 <= days <= LONGEST_KEPT:
        say(f"天数应为 1 到 {LONGEST_KEPT} 之间的整数。")
        return REJECTED
    wanted = Expired(as_of=clock.today(), days=days)
    ids = expired(engine, wanted)
    say(f"办结、销号或不再办理满 {days} 天、仍存有个人信息的事项：{len(ids)} 件。")
    if not sure:
        if ids:
            shown = "、".join(str(key) for key in ids[:TOLD_AT_MOST])
            say(f"其中 id：{shown}{'……' if len(ids) > TOLD_AT_MOST else ''}")
            say("没有删除；确认后加 --yes 再执行。")
        return ACCEPTED
    done = erase_expired(engine, wanted, viewer=LOCAL)
    say(f"已删除 {done} 项个人信息，审计中逐件有记录。")
    return ACCEPTED
