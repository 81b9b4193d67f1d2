"""Texts are grouped by what they say, called by what they share, and always in the same way."""

from __future__ import annotations

import random

import polars as pl

from data_access.alike_texts import ALONE, LEAST, everywhere_in, groups_of
from data_access.alike_words import LONGEST_NAME, NAMELESS, telling_words

LIFTS = [
    "低层业主反对加装电梯，手续停滞三个月", "老旧小区加装电梯补贴申请流程长",
    "加装电梯一楼住户不同意", "楼道狭窄，加装电梯协商不成", "加装电梯的审批材料跑了四趟",
]  # fmt: skip
WATER = [
    "自来水浑浊有异味，不敢饮用", "自来水发黄有异味", "下雨后自来水浑浊有铁锈味",
    "水龙头放出的自来水有异味浑浊",
]  # fmt: skip
OTHERS = ["路灯不亮", "夜间施工噪声扰民", "公交班次过少"]


def _grouped(texts: list[str]) -> list[int]:
    return groups_of(pl.Series(texts, dtype=pl.String)).tolist()


def test_what_says_alike_stands_together_and_what_says_otherwise_does_not():
    found = _grouped([*LIFTS, *WATER, *OTHERS])
    assert len(set(found[:5])) == 1
    assert len(set(found[5:9])) == 1
    assert found[0] != found[5]
    assert found[9:] == [ALONE] * 3


def test_the_same_texts_give_the_same_groups():
    texts = [*LIFTS, *WATER, *OTHERS]
    random.Random(1).shuffle(texts)
    assert _grouped(texts) == _grouped(texts)
    mixed = dict(zip(texts, _grouped(texts), strict=True))
    assert len({mixed[text] for text in WATER}) == 1


def test_fewer_than_three_make_no_group():
    assert LEAST == 3
    assert _grouped(WATER[:2]) == [ALONE, ALONE]


def test_nothing_breaks_it():
    assert _grouped([]) == []
    odd = ["", "abc 123", "\u4e00", "<script>alert(1)</script>", "😀" * 50, "=1+1", "\x00\u202e"]
    assert _grouped(odd * 3) == [ALONE] * 21


def test_a_group_is_called_by_what_most_of_it_says():
    assert "加装电梯" in telling_words(LIFTS)
    assert "自来水" in telling_words(WATER)


def test_what_everybody_writes_is_no_name():
    polite = [f"群众反映{text}，希望尽快解决" for text in WATER]
    name = telling_words(polite)
    assert "希望" not in name
    assert "反映" not in name
    filler = [f"{text}请予重视" for text in WATER]
    assert "重视" in telling_words(filler[:3] + [f"{word}请予重视" for word in ("甲", "乙")])
    assert "重视" not in telling_words(filler, frozenset({"重视", "请予", "予重"}))


def test_a_name_holds_chinese_letters_only_and_is_short():
    hostile = ["<img src=x>加装电梯**[点我](http://x)" * 3] * 4
    name = telling_words(hostile)
    assert "加装电梯" in name
    assert all("\u4e00" <= letter <= "\u9fff" or letter == " " for letter in name)
    assert len(name.replace(" ", "")) <= LONGEST_NAME
    assert telling_words(["abc", "123"]) == NAMELESS
    assert telling_words([]) == NAMELESS


def test_pairs_that_stand_everywhere_are_known_from_many_texts_only():
    texts = [f"希望{chr(0x4E00 + n)}{chr(0x5E00 + n)}" for n in range(300)]
    assert everywhere_in(pl.Series(texts)) == {"希望"}
    assert everywhere_in(pl.Series(texts[:20])) == frozenset()
