"""Passwords: hashed with Argon2id, compared in even time, refused when they are easily guessed."""

from __future__ import annotations

import secrets
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from supervision.passwords import LONGEST, password_refused

# OWASP's figures for Argon2id: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
AT_ONCE = 4
"""Every hash takes memory: many logins at once wait instead of eating it."""
_turns = Semaphore(AT_ONCE)
_EASY_GUESSES = 1e8
"""zxcvbn's estimate below which a stolen hash is found out in minutes."""
_NOBODYS = _HASHER.hash(secrets.token_urlsafe(16))
# No 0/O, 1/I/l: the one-time password is copied from paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"


def hashed(password: str) -> str:
    """The hash that is stored, with its salt and costs."""
    with _turns:
        return _HASHER.hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password has this hash; without a hash the answer takes just as long."""
    if len(password) > LONGEST:
        password = ""
    with _turns:
        try:
            _HASHER.verify(stored or _NOBODYS, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether this hash was made with other costs than new ones are."""
    return _HASHER.check_needs_rehash(stored)


def refusal_of(password: str, *, login: str, name: str) -> str | None:
    """Why the password is not good enough, in Chinese; None when it is."""
    from zxcvbn import zxcvbn

    short_enough = password[:LONGEST]
    guesses = zxcvbn(short_enough[:72], user_inputs=[login, name, "duban", "督办"])["guesses"]
    return password_refused(
        password, login=login, name=name, guessable=float(guesses) < _EASY_GUESSES
    )


def one_time_password() -> str:
    """A password for the first login; three blocks that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))
