"""What argparse says of itself, in Chinese: its usage, its help and its refusals."""

from __future__ import annotations

import argparse

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
