"""Is a file worth opening? Judged by its first bytes, never by its suffix alone.

What stands inside a container (a zip, an OLE2 file) is looked at in the child process only.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

from data_access.ledger_import import refusals
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused

Container = Literal["zip", "ole", "biff", "text"]
"""biff: an .xls stream without its OLE2 container, as old exporters write it."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00",
         b"\x09\x00\x04\x00")  # fmt: skip
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", refusals.PDF),
    (b"\x89PNG", refusals.IMAGE),
    (b"\xff\xd8\xff", refusals.IMAGE),
    (b"GIF8", refusals.IMAGE),
    (b"II*\x00", refusals.IMAGE),
    (b"MM\x00*", refusals.IMAGE),
    (b"\x00\x00\x01\x00", refusals.IMAGE),
    (b"ID3\x03", refusals.MEDIA),
    (b"ID3\x04", refusals.MEDIA),
    (b"OggS", refusals.MEDIA),
    (b"Rar!", refusals.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", refusals.ARCHIVE),
    (b"\x1f\x8b", refusals.ARCHIVE),
    (b"BZh", refusals.ARCHIVE),
    (b"\xfd7zXZ\x00", refusals.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", refusals.ARCHIVE),
    (b"MSCF\x00", refusals.ARCHIVE),
    (b"{\\rtf", refusals.WORD),
    (b"SQLite format 3\x00", refusals.DATABASE),
    (b"\x00\x01\x00\x00Standard", refusals.DATABASE),
    (b"\x7fELF", refusals.PROGRAM),
    (b"#!/", refusals.PROGRAM),
)
_SIGNS_INSIDE: tuple[tuple[int, bytes, bytes, str], ...] = (
    (8, b"WEBP", b"RIFF", refusals.IMAGE),
    (8, b"WAVE", b"RIFF", refusals.MEDIA),
    (8, b"AVI ", b"RIFF", refusals.MEDIA),
    (4, b"ftyp", b"", refusals.MEDIA),
    (257, b"ustar", b"", refusals.ARCHIVE),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|style|script|div|title)\b", re.I)
_MHT = re.compile(r"(?:mime-version|content-type:\s*multipart)", re.I)
_JSON = re.compile(r'(?:\{\s*"|\[\s*[\[{])')
_HEAD = 8192
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def container_of(data: bytes, file_name: str, limits: Limits) -> Container:
    """What kind of reader the file needs; LedgerRefused for what is no ledger at all."""
    if len(data) > limits.file_bytes:
        raise refusals.file_too_large(limits)
    if not data[:_HEAD].strip(b"\0 \t\r\n") and not data.strip(b"\0 \t\r\n"):
        raise LedgerRefused(refusals.EMPTY)
    container = _container(data)
    if container != "text" and file_name.lower().endswith((".et", ".ett")):
        raise LedgerRefused(refusals.ET)
    if container == "text":
        _refuse_signs(data)
        _refuse_other_text(data)
    return container


def _container(data: bytes) -> Container:
    if data.startswith(_ZIP):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    return "biff" if data.startswith(_BIFF) else "text"


def _refuse_signs(data: bytes) -> None:
    for sign, sentence in _SIGNS:
        if data.startswith(sign):
            raise LedgerRefused(sentence)
    for place, sign, start, sentence in _SIGNS_INSIDE:
        if data.startswith(start) and data[place : place + len(sign)] == sign:
            raise LedgerRefused(sentence)
    # These two letters may begin a text; with zeros behind them they do not.
    if b"\0" in data[:64]:
        if data.startswith(b"BM"):
            raise LedgerRefused(refusals.IMAGE)
        if data.startswith(b"MZ"):
            raise LedgerRefused(refusals.PROGRAM)


def _refuse_other_text(data: bytes) -> None:
    start = _head(data)
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start or "<Workbook" in start:
            raise LedgerRefused(refusals.SPREADSHEET_2003)
        if _HTML.search(start):
            raise LedgerRefused(refusals.HTML)
        raise LedgerRefused(refusals.XML)
    if _MHT.match(start):
        raise LedgerRefused(refusals.MHT)
    if _JSON.match(start):
        raise LedgerRefused(refusals.JSON)


def _head(data: bytes) -> str:
    """The beginning as text; other letters than ASCII do not matter here."""
    for mark, coding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) : _HEAD].decode(coding, "replace").lstrip()
    return data[:_HEAD].decode("utf-8", "replace").lstrip()
