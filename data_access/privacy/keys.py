"""The keys that residents' data are sealed with: from the environment or a key file.

The newest key seals; older ones only open what they once sealed, until a rotation is through.
Keys never stand in the store, a log or a message; a key's id is a hash of it. Values are sealed
with AES-256-GCM, its random nonce in front: a sixth of Fernet's time, and it seals the place too.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NUMBERS = frozenset({"reporter_phone", "reporter_id"})
"""Fields that are looked for by their digits, however they are printed."""
_NO_DIGIT = re.compile(r"[^\dXx]+")
_APART = "\x1f"
_KEY_BYTES, _NONCE_BYTES, _HASH_BYTES = 32, 12, 16
_NONCES = 1_000
"""So many values are sealed with randomness drawn at once."""


class KeyRefused(Exception):
    """A key is missing, is none, or does not open what it should; a Chinese sentence."""


class Sealed(NamedTuple):
    """A value as the store keeps it."""

    sealed: str
    lookup: str | None
    """Of a phone or ID number: the same for the same number, and nobody can turn it back."""
    key_id: str


class Keyring:
    """Keys, the newest first. It has no repr that could tell them."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise KeyRefused("没有个人信息的加密密钥；用 duban key new 生成一个。")
        self._boxes: dict[str, AESGCM] = {}
        for key in keys:
            self._boxes[id_of(key)] = AESGCM(_made_from(_secret(key), b"duban seal"))
        self._hash_key = _made_from(_secret(keys[0]), b"duban lookup")
        self.current = id_of(keys[0])
        """Id of the key that seals."""

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all keys at hand."""
        return frozenset(self._boxes)

    def seal(self, item_id: int, field: str, clear: str) -> Sealed:
        """Encrypt a value for its place: moved to another item or field it does not open."""
        return next(self.seal_all(((item_id, field, clear),)))

    def seal_all(self, values: Iterable[tuple[int, str, str]]) -> Iterator[Sealed]:
        """`seal` for (item, field, value) of a whole import: randomness is asked for in blocks."""
        encrypt, current = self._boxes[self.current].encrypt, self.current
        drawn, at = b"", 0
        for item_id, field, clear in values:
            if at == len(drawn):
                # The first is drawn alone: a single value must not cost a block.
                drawn, at = os.urandom(_NONCE_BYTES * (_NONCES if drawn else 1)), 0
            nonce = drawn[at : at + _NONCE_BYTES]
            at += _NONCE_BYTES
            box = encrypt(nonce, clear.encode(), _place(item_id, field))
            token = urlsafe_b64encode(nonce + box).decode("ascii")
            lookup = self._lookup(field, clear) if field in NUMBERS else None
            yield Sealed(token, lookup, current)

    def opened(self, item_id: int, field: str, sealed: str, key_id: str) -> str:
        """The value that was sealed for this place; KeyRefused when key or place is wrong."""
        if key_id not in self._boxes:
            raise KeyRefused(f"没有编号为 {key_id} 的密钥，打不开已加密的个人信息。")
        try:
            token = urlsafe_b64decode(sealed)
            nonce, box = token[:_NONCE_BYTES], token[_NONCE_BYTES:]
            clear = self._boxes[key_id].decrypt(nonce, box, _place(item_id, field))
        except (InvalidTag, ValueError):
            raise KeyRefused("加密的个人信息已损坏或被挪动、改动过，打不开。") from None
        return clear.decode()

    def _lookup(self, field: str, clear: str) -> str:
        """A keyed hash of a phone or ID number: found again however it is printed."""
        if not (clear.isdecimal() and clear.isascii()):
            clear = _NO_DIGIT.sub("", unicodedata.normalize("NFKC", clear)) or clear
        told = f"{field}{_APART}{clear.removeprefix('86')}".encode()
        return hashlib.blake2b(told, key=self._hash_key, digest_size=_HASH_BYTES).hexdigest()


def new_key() -> str:
    """A new random key."""
    return urlsafe_b64encode(os.urandom(_KEY_BYTES)).decode("ascii")


def id_of(key: str) -> str:
    """What a key is called in the store: enough to tell keys apart, nothing to open with."""
    return hashlib.sha256(f"duban key{_APART}{key}".encode()).hexdigest()[:16]


def keys_in(text: str) -> list[str]:
    """The keys of a setting or file: one a line or with commas between, the newest first."""
    return list(dict.fromkeys(part for part in re.split(r"[\s,]+", text) if part))


def missing_keys(ring: Keyring, ids: Iterable[str]) -> list[str]:
    """The ids among these that the ring has no key for."""
    return sorted(set(ids) - ring.ids)


def _secret(key: str) -> bytes:
    try:
        secret = b64decode(key, altchars=b"-_", validate=True)
    except ValueError:
        secret = b""
    if len(secret) != _KEY_BYTES:
        raise KeyRefused("个人信息的加密密钥写得不对；用 duban key new 生成一个。")
    return secret


def _made_from(secret: bytes, use: bytes) -> bytes:
    """A key for one use: the one that seals does not hash."""
    return hashlib.blake2b(secret, digest_size=_KEY_BYTES, person=use).digest()


def _place(item_id: int, field: str) -> bytes:
    return f"{item_id}{_APART}{field}".encode()
