"""Texts that resemble each other, grouped by the pairs of letters that they share.

Pairs of Chinese letters, rare ones heavier (TF-IDF), thrown into DIMENSIONS places so that every
comparison is a product of small matrices: time and memory are bounded whatever the texts are
(decision record 0017). The same texts give the same groups.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

ALIKE = 0.3
"""Cosine from which a text belongs to a group: chosen by measurement."""
SAME_GROUP = 0.4
"""Cosine of their middles from which two groups are one."""
LEAST = 3
"""So many texts at least make a group."""
EVERYWHERE, MANY = 0.1, 200
MOST_GROUPS = 1_500
DIMENSIONS = 512
ALONE = -1
_BATCH = 256
_ROUNDS = 2
_RAREST, _COMMONEST, _FEW = 2, 0.12, 40
"""A pair must stand in so many texts, and in no larger share of them unless they are few."""
_FIRST, _LAST = 0x4E00, 0x9FFF

Numbers = np.ndarray[Any, Any]


def groups_of(texts: pl.Series) -> Numbers:
    """A number for each text: of its group, or ALONE."""
    vectors = _vectors(texts)
    own, leaders = _led(vectors)
    for _ in range(_ROUNDS):
        leaders = _middles(vectors, own, len(leaders))
        if not len(leaders):
            return np.full(len(texts), ALONE)
        own = _nearest(vectors, leaders)
    own = _joined(leaders)[own] if len(leaders) else own
    sizes = np.bincount(own[own >= 0], minlength=1)
    large = (own >= 0) & (sizes[np.maximum(own, 0)] >= LEAST)
    return np.where(large, own, ALONE)


def everywhere_in(texts: pl.Series) -> frozenset[str]:
    """Pairs of letters in more than a share EVERYWHERE of many texts."""
    if len(texts) < MANY:
        return frozenset()
    place, pair = letter_pairs(texts)
    known, which = np.unique(pair, return_inverse=True)
    both = np.sort(place * np.int64(max(len(known), 1)) + which)
    # A pair counts once in a text; sorting finds that several times as fast as np.unique.
    once = both[np.concatenate(([True], both[1:] != both[:-1]))] if len(both) else both
    within = np.bincount(once % max(len(known), 1), minlength=len(known))
    found = known[within > len(texts) * EVERYWHERE]
    return frozenset(chr(int(one) >> 16) + chr(int(one) & 0xFFFF) for one in found)


def letter_pairs(texts: pl.Series) -> tuple[Numbers, Numbers]:
    """Place of the text and the pair, for all pairs of neighbouring Chinese letters."""
    if not len(texts):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    length = texts.str.len_chars().to_numpy()
    letters = np.frombuffer("".join(texts.to_list()).encode("utf-32-le"), dtype=np.uint32)
    place = np.repeat(np.arange(len(texts)), length)
    chinese = (letters >= _FIRST) & (letters <= _LAST)
    pair = chinese[:-1] & chinese[1:] & (place[:-1] == place[1:])
    told = (letters[:-1].astype(np.int64) << 16) | letters[1:]
    return place[:-1][pair], told[pair]


def _vectors(texts: pl.Series) -> Numbers:
    """One row of length 1 for each text; of a text that shares nothing a row of zeros."""
    count = len(texts)
    place, pair = letter_pairs(texts)
    known, which = np.unique(pair, return_inverse=True)
    both, often = np.unique(place * np.int64(max(len(known), 1)) + which, return_counts=True)
    place, which = np.divmod(both, max(len(known), 1))
    within = np.bincount(which, minlength=len(known))
    told = (within >= _RAREST) & (within <= max(_FEW, count * _COMMONEST))
    rarity = np.where(told, np.log(count / np.maximum(within, 1)), 0.0)
    # Without a seed of its own every start of the program would group otherwise.
    chance = np.random.default_rng(5)
    slot = chance.integers(0, DIMENSIONS, max(len(known), 1))
    sign = chance.choice([-1.0, 1.0], max(len(known), 1))
    weight = np.sqrt(np.minimum(often, 3)) * rarity[which]
    # One row after the other: adding up in place costs several times as much.
    sums = np.bincount(
        place * DIMENSIONS + slot[which], weight * sign[which], minlength=count * DIMENSIONS
    )
    return _of_length_one(sums.astype(np.float32).reshape(count, DIMENSIONS))


def _of_length_one(rows: Numbers) -> Numbers:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), dtype=np.float32)


def _led(vectors: Numbers) -> tuple[Numbers, Numbers]:
    """Each text joins the leader it is most alike, or leads itself, while there is room."""
    leaders = np.zeros((MOST_GROUPS, DIMENSIONS), np.float32)
    own, led = np.full(len(vectors), ALONE), 0
    for start in range(0, len(vectors), _BATCH):
        batch = vectors[start : start + _BATCH]
        found = _nearest(batch, leaders[:led])
        left = np.flatnonzero(found == ALONE)
        alike = batch[left] @ batch[left].T
        fresh: list[int] = []
        for at in range(len(left)):
            if fresh and alike[at, fresh].max() >= ALIKE:
                found[left[at]] = led - len(fresh) + int(alike[at, fresh].argmax())
            elif led < MOST_GROUPS:
                leaders[led], found[left[at]] = batch[left[at]], led
                led += 1
                fresh.append(at)
        own[start : start + _BATCH] = found
    return own, leaders[:led]


def _nearest(vectors: Numbers, leaders: Numbers) -> Numbers:
    if not len(leaders):
        return np.full(len(vectors), ALONE)
    found = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), _BATCH):
        alike = vectors[start : start + _BATCH] @ leaders.T
        nearest = alike.argmax(axis=1)
        enough = alike[np.arange(len(alike)), nearest] >= ALIKE
        found[start : start + _BATCH] = np.where(enough, nearest, ALONE)
    return found


def _middles(vectors: Numbers, own: Numbers, groups: int) -> Numbers:
    """The middle of every group that is large enough."""
    sizes = np.bincount(own[own >= 0], minlength=groups)
    large = np.flatnonzero(sizes >= LEAST)
    if not len(large):
        return np.zeros((0, DIMENSIONS), np.float32)
    # Group by group in one order of rows: adding up in place costs several times as much.
    order = np.argsort(own, kind="stable")[np.count_nonzero(own < 0) :]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    held = sizes > 0
    sums = np.zeros((groups, DIMENSIONS), np.float32)
    sums[held] = np.add.reduceat(vectors[order], starts[held])
    return _of_length_one(sums[large])


def _joined(leaders: Numbers) -> Numbers:
    """Group → the group it is one with; the last entry is for ALONE."""
    stands_for = np.arange(len(leaders) + 1)
    stands_for[-1] = ALONE
    for one, other in zip(*np.nonzero(np.triu(leaders @ leaders.T >= SAME_GROUP, 1)), strict=True):
        low, high = sorted((stands_for[one], stands_for[other]))
        stands_for[stands_for == high] = low
    return stands_for
