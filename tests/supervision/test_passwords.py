"""What a password must be; the sentence names the rule that it breaks."""

from __future__ import annotations

import pytest

from supervision.passwords import password_refused


def _refused(password: str, *, login: str = "zhangsan", name: str = "张三",
             guessable: bool = False) -> str | None:  # fmt: skip
    return password_refused(password, login=login, name=name, guessable=guessable)


@pytest.mark.parametrize(
    "password",
    ["Heyuan-Sunny#71", "abcDEF1234", "三个和尚没水喝，四个和尚有水喝了", "a" * 15 + "é"],
)
def test_three_kinds_or_sixteen_letters_are_good(password: str):
    assert _refused(password) is None


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("Abc#12345", "至少 10 个字符"),
        ("Aa#1" * 33, "最多 128 个字符"),
        ("Heyuan\x00Sunny#71", "看不见的字符"),
        ("Heyuan Sunny\n#71", "看不见的字符"),
        ("Heyuan\u202eSunny#71", "看不见的字符"),
        ("xxZHANGSAN-xx#71", "不能包含账号或姓名"),
        ("Heyuan张三Sunny#71", "不能包含账号或姓名"),
        ("abcdefgh1234", "至少 3 类"),
        ("ABCDEFGH####", "至少 3 类"),
    ],
)
def test_a_weak_password_is_told_which_rule_it_breaks(password: str, told: str):
    refusal = _refused(password)
    assert refusal is not None
    assert told in refusal


def test_a_password_that_a_dictionary_knows_is_refused_last():
    assert "太常见" in str(_refused("Password#2026", guessable=True))
    assert "至少 10 个字符" in str(_refused("Pass#1", guessable=True))


def test_a_name_of_one_letter_does_not_forbid_that_letter():
    assert _refused("Heyuan-Sunny#71", login="s1", name="n") is None
