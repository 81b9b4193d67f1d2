"""How a group of texts is called: the words that most of them share and few others do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

MOST_TEXTS = 16
SHARE = 0.4
LONGEST_WORD, LONGEST_NAME, MOST_WORDS = 14, 18, 3
_APART = "。"
NAMELESS = "用语相近的诉求"
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
_SAYS_NOTHING = frozenset({"希望", "反映", "群众", "市民", "村民", "居民", "请求", "有关"})
_EMPTY = frozenset("的了是在和与有也都就被把对为等及其后时到户")
"""Letters at which a name neither begins nor ends."""


def telling_words(texts: Sequence[str], everywhere: frozenset[str] = frozenset()) -> str:
    """A name of at most MOST_WORDS words of Chinese letters, and of nothing else: 加装电梯 楼道.

    Pairs of letters that stand `everywhere` tell nothing.
    """
    empty = re.compile("|".join(sorted(_SAYS_NOTHING | everywhere)))
    told = [empty.sub(_APART, text) for text in texts[:MOST_TEXTS]]
    least = max(2, round(len(told) * SHARE))
    pairs = Counter(pair for text in told for pair in _pairs(text))
    common = {pair for pair, n in pairs.items() if n >= least}
    runs = Counter(run for text in told for run in set(_runs(text, common)))
    chosen: list[str] = []
    for run in sorted(runs, key=lambda one: (-runs[one] * (len(one) - 1), one)):
        if runs[run] < 2 or len("".join(chosen)) + len(run) > LONGEST_NAME:
            continue
        if not any(_pairs(run) & _pairs(other) for other in chosen):
            chosen.append(run)
        if len(chosen) == MOST_WORDS:
            break
    return " ".join(chosen) or NAMELESS


def _pairs(text: str) -> set[str]:
    return {found[at : at + 2] for found in _CHINESE.findall(text) for at in range(len(found) - 1)}


def _runs(text: str, common: set[str]) -> list[str]:
    """The longest stretches of which every pair is common."""
    found = []
    for chinese in _CHINESE.findall(text):
        start = 0
        for at in range(1, len(chinese) + 1):
            if at == len(chinese) or chinese[at - 1 : at + 1] not in common:
                found.append(_trimmed(chinese[start:at]))
                start = at
    return [run for run in found if 2 <= len(run) <= LONGEST_WORD]


def _trimmed(run: str) -> str:
    while run and run[0] in _EMPTY:
        run = run[1:]
    while run and run[-1] in _EMPTY:
        run = run[:-1]
    return run
