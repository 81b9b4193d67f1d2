"""The zip of a workbook: looked at from outside first, then unpacked part by part, capped."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from data_access.ledger_import import refusals
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused

_CHUNK = 1 << 18
_XML = (".xml", ".rels", ".vml")
_DECLARED = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("ascii", "utf-16-le", "utf-16-be")
)
_LONGEST = max(map(len, _DECLARED))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error,
           NotImplementedError, RuntimeError, UnicodeError)  # fmt: skip
"""All that zipfile raises for bytes that are no sound archive."""


class Package:
    """Parts of a workbook by name; names are compared without regard to case, as OPC says."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        """Raise LedgerRefused unless the directory is harmless and tells of an .xlsx workbook."""
        self._limits = limits
        try:
            _refuse_many_entries(file, limits)
            self._archive = zipfile.ZipFile(file)
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise LedgerRefused(refusals.DAMAGED) from error
        _refuse_layout(entries, limits)
        self._parts = {_plain(entry): entry for entry in entries}
        _refuse_other_kinds(self._parts)
        _refuse_sizes(entries, limits)
        _refuse_overlaps(file, entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one part; LedgerRefused when size or checksum turn out to be untrue."""
        entry, size = self._parts[name.lower()], 0
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    yield chunk
        except _BROKEN as error:
            raise LedgerRefused(refusals.DAMAGED) from error
        if size != entry.file_size:
            raise LedgerRefused(refusals.DAMAGED)

    def check_all_but(self, read: set[str]) -> None:
        """Unpack every part that nobody is going to read; LedgerRefused when one is unsound."""
        for name in self._parts.keys() - read:
            tail = b""
            for chunk in self.chunks(name):
                if name.endswith(_XML):
                    seen = tail + chunk
                    if any(word in seen for word in _DECLARED):
                        raise LedgerRefused(refusals.DECLARATIONS)
                    tail = seen[-_LONGEST:]


def _refuse_many_entries(file: IO[bytes], limits: Limits) -> None:
    """Before zipfile builds an object for each of perhaps a million entries."""
    size = file.seek(0, 2)
    start = max(0, size - 22 - 0xFFFF)
    file.seek(start)
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 22:
        raise zipfile.BadZipFile("no end of central directory")
    count, directory = struct.unpack("<HI", end[place + 10 : place + 16])
    if size < directory != 0xFFFFFFFF:
        raise zipfile.BadZipFile("a directory larger than its file")
    # An entry takes 46 bytes at least, so the size of the directory bounds a count that lies.
    if count != 0xFFFF and directory != 0xFFFFFFFF and directory // 46 > 8 * limits.entries + 8:
        raise refusals.too_many_entries(max(count, directory // 46), limits)
    file.seek(0)


def _plain(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lower()


def _refuse_layout(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if not entries:
        raise LedgerRefused(refusals.DAMAGED)
    if len(entries) > limits.entries:
        raise refusals.too_many_entries(len(entries), limits)
    names = [_plain(entry) for entry in entries]
    if len(set(names)) < len(names):
        raise LedgerRefused(refusals.TAMPERED)
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
            raise LedgerRefused(refusals.TAMPERED)
    if any(entry.flag_bits & 1 for entry in entries):
        raise LedgerRefused(refusals.ENCRYPTED_ZIP)
    if any(entry.compress_type not in (0, 8) for entry in entries):
        raise LedgerRefused(refusals.TAMPERED)


def _refuse_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """By what the directory says; `chunks` never unpacks more of a part than it says."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    for large, small in [(unpacked, packed)] + [(e.file_size, e.compress_size) for e in entries]:
        if large > limits.ratio_from_bytes and large > limits.ratio * max(small, 1):
            raise LedgerRefused(refusals.BOMB)
    if unpacked > limits.unpacked_bytes:
        raise refusals.unpacked_too_large(limits)


def _refuse_overlaps(file: IO[bytes], entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise LedgerRefused(refusals.TAMPERED)
        file.seek(entry.header_offset)
        header = file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise LedgerRefused(refusals.DAMAGED)
        name, extra = struct.unpack("<HH", header[26:30])
        end = entry.header_offset + 30 + name + extra + entry.compress_size


def _refuse_other_kinds(parts: dict[str, zipfile.ZipInfo]) -> None:
    names = set(parts)
    folders = {name.split("/")[0] for name in names if "/" in name}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or any(
        "macrosheets/" in name for name in names
    ):
        raise LedgerRefused(refusals.MACROS)
    if any(name.endswith("workbook.bin") for name in names):
        raise LedgerRefused(refusals.XLSB)
    if "xl" in folders or any(name.endswith("workbook.xml") for name in names):
        return
    sentences = {"word": refusals.WORD, "ppt": refusals.SLIDES, "doc_0": refusals.OFD}
    for folder, sentence in sentences.items():
        if folder in folders:
            raise LedgerRefused(sentence)
    if "ofd.xml" in names:
        raise LedgerRefused(refusals.OFD)
    if "content.xml" in names and ("mimetype" in names or "meta-inf" in folders):
        raise LedgerRefused(refusals.ODS)
    raise LedgerRefused(refusals.ARCHIVE)
