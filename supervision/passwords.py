"""What a password must be, and how failed logins are answered (compliance.md, 等保2.0 practice)."""

from __future__ import annotations

SHORTEST = 10
LONG = 16
"""From this length on no mixture of kinds is asked for: a sentence is a good password."""
LONGEST = 128
"""More would only cost the server time."""
KINDS_WANTED = 3
FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15


def password_refused(password: str, *, login: str, name: str, guessable: bool) -> str | None:
    """Why a password is not good enough, as a Chinese sentence; None when it is.

    `guessable` is what a dictionary of common passwords says.
    """
    if len(password) < SHORTEST:
        return f"密码至少 {SHORTEST} 个字符。"
    if len(password) > LONGEST:
        return f"密码最多 {LONGEST} 个字符。"
    if not password.isprintable():
        return "密码里有看不见的字符，请重新输入。"
    folded = password.casefold()
    if any(len(own) >= 2 and own.casefold() in folded for own in (login, name)):
        return "密码不能包含账号或姓名。"
    if len(password) < LONG and _kinds(password) < KINDS_WANTED:
        return (
            f"密码应含大写字母、小写字母、数字、符号中的至少 {KINDS_WANTED} 类，"
            f"或者不少于 {LONG} 个字符。"
        )
    if guessable:
        return "这个密码太常见或太有规律，容易被猜中，请换一个。"
    return None


def _kinds(password: str) -> int:
    return sum(
        any(is_of_kind(letter) for letter in password)
        for is_of_kind in (str.isupper, str.islower, str.isdigit, _is_other)
    )


def _is_other(letter: str) -> bool:
    return not (letter.isupper() or letter.islower() or letter.isdigit())
