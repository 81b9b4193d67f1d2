"""What argparse says of itself, in Chinese: its usage, its help and its refusals."""

from __future__ import annotations

import argparse
from datetime import date

NO_LETTER = "命令里有无法识别的字符，请检查后重新输入。"
"""A byte that is no letter: as the name of a file it may be right, in a store it is not."""
_DAYS = date(2000, 1, 1), date(2100, 12, 31)
_WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示帮助",
    "%(prog)s: error: %(message)s\n": "%(prog)s：命令写得不对，%(message)s。加 --help 看用法。\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "the following arguments are required: %s": "缺少 %s",
    "unrecognized arguments: %s": "不认识 %s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "not allowed with argument %s": "不能与 %s 同用",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可用的有 %(choices)s",
    "invalid %(type)s value: %(value)r": "不能是 %(value)r，请按说明填写",
}


def speak_chinese() -> None:
    """Let every parser of this process speak Chinese; words it has none for stay as they are."""
    # argparse asks gettext for each sentence and offers no other way in.
    vars(argparse)["_"] = lambda words: _WORDS.get(words, words)


def day_told(text: str) -> date:
    """A day as typed; near the ends of the calendar nothing could be counted from it."""
    day = date.fromisoformat(text)
    if not _DAYS[0] <= day <= _DAYS[1]:
        raise argparse.ArgumentTypeError(f"应在 {_DAYS[0]} 到 {_DAYS[1]} 之间")
    return day
