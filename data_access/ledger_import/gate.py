"""Is a file safe and sensible to open? Judged by content, never by its suffix alone.

Every refusal is a Chinese sentence: what is wrong, and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile

from data_access.ledger_import.limits import MB, Limits
from data_access.ledger_import.model import LedgerRefused

SAVE_AS = "请在 Excel 或 WPS 中打开，另存为 .xlsx 后重新上传。"
DAMAGED = f"文件已损坏，无法读取。{SAVE_AS}"
_PICTURE = "这是图片，不是台账表格。请上传 Excel 台账（.xlsx、.xls）或 CSV。"
_SLIDES = "这是演示文稿，不是台账表格。请上传 Excel 台账（.xlsx、.xls）或 CSV。"
_ARCHIVE = "这是压缩包。请先解压，再逐个上传其中的 Excel 台账。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 16
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "这是 PDF 文件，不是台账表格。请上传 Excel 台账（.xlsx、.xls）或 CSV。"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"{\\rtf", f"这是文字处理文档，不是台账表格。{SAVE_AS}"),
    (b"MIME-Version", f"这是网页格式的表格（.mht）。{SAVE_AS}"),
)
_HTML = re.compile(rb"^\s*(?:<!doctype\s+html|<html|<head|<meta|<table|<style|<script)", re.I)
_DECLARED = (b"<!DOCTYPE", b"<!ENTITY")
_UNSAFE = (
    *_DECLARED,
    *(word.decode().encode(coding) for word in _DECLARED for coding in ("utf-16-le", "utf-16-be")),
)
_LONGEST_SIGN = max(map(len, _UNSAFE))


def kind_of(data: bytes, file_name: str, limits: Limits) -> str:
    """xlsx, xls or csv by the first bytes; LedgerRefused for everything else."""
    if not data.strip():
        raise LedgerRefused("文件是空的，没有任何内容。请检查后重新上传。")
    if len(data) > limits.file_bytes:
        raise LedgerRefused(
            f"文件超过 {limits.file_bytes // MB} MB，太大了。请拆成几份，或删去图片后再上传。"
        )
    suffix = file_name.rsplit(".", 1)[-1].lower() if "." in file_name else ""
    if suffix in ("et", "ett") and data[:2] in (b"PK", _OLE[:2]):
        raise LedgerRefused(f"这是 WPS 表格文件（.et）。{SAVE_AS}")
    if data.startswith(_OLE) or data[:2] == b"\x09\x08":
        return "xls"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "xlsx"
    _refuse_signs(data)
    return "csv"


def _refuse_signs(data: bytes) -> None:
    for sign, sentence in _SIGNS:
        if data.startswith(sign):
            raise LedgerRefused(sentence)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(start):
        raise LedgerRefused(f"这是网页（HTML）改了后缀的文件，不是真正的表格。{SAVE_AS}")
    if start.startswith((b"<?xml", b"<Workbook")):
        raise LedgerRefused(f"这是 XML 文件，不是 .xlsx 台账。{SAVE_AS}")


def checked_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, after every part was unpacked once under the limits and found harmless."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LedgerRefused(DAMAGED) from error
    _refuse_layout(parts, limits)
    _refuse_other_kinds(archive)
    total = 0
    for part in parts:
        total += _unpacked(archive, part, limits.unpacked_bytes - total, limits)
    if total > limits.ratio_from_bytes and total > limits.ratio * len(data):
        raise LedgerRefused(f"文件解压后异常地大，可能不是正常的台账，未打开。{SAVE_AS}")
    return archive


def _refuse_layout(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.entries:
        raise LedgerRefused(
            f"文件内部有 {len(parts)} 个部件，超过 {limits.entries} 个，未打开。{SAVE_AS}"
        )
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise LedgerRefused(f"文件内部有重名的部件，未打开。{SAVE_AS}")
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
            raise LedgerRefused(f"文件内部的部件名不正常，未打开。{SAVE_AS}")
    if any(part.flag_bits & 1 for part in parts):
        raise LedgerRefused("文件设有密码，无法读取。请取消密码后重新上传。")
    end = 0
    for part in sorted(parts, key=lambda entry: entry.header_offset):
        if part.header_offset < end:
            raise LedgerRefused(f"文件内部的部件互相重叠，未打开。{SAVE_AS}")
        end = part.header_offset + part.compress_size


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise LedgerRefused("工作簿带有宏，按规定不接收。请另存为不带宏的 .xlsx 后重新上传。")
    if any(name.endswith("workbook.bin") for name in names):
        raise LedgerRefused(f"这是二进制工作簿（.xlsb）。{SAVE_AS}")
    if any(name.endswith("workbook.xml") for name in names):
        return
    if "content.xml" in names:
        raise LedgerRefused(f"这是 OpenDocument 文件（.ods 等）。{SAVE_AS}")
    if any(name.startswith("word/") for name in names):
        raise LedgerRefused("这是 Word 文档，不是台账表格。请把表格存为 .xlsx 后上传。")
    if any(name.startswith("ppt/") for name in names):
        raise LedgerRefused(_SLIDES)
    if any(name.endswith((".xlsx", ".xls", ".csv", ".et")) for name in names):
        raise LedgerRefused(_ARCHIVE)
    raise LedgerRefused(f"文件里没有工作簿，可能是压缩包或已损坏。{SAVE_AS}")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    """Bytes of one part, read to its end under the cap; refuses DOCTYPE and a wrong checksum."""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > left:
                    raise LedgerRefused(
                        f"文件解压后超过 {limits.unpacked_bytes // MB} MB，太大了。"
                        "请拆成几份，或删去图片后再上传。"
                    )
                if is_xml:
                    seen = tail + chunk
                    if any(sign in seen for sign in _UNSAFE):
                        raise LedgerRefused(f"文件内部含有不安全的声明，未打开。{SAVE_AS}")
                    tail = chunk[-_LONGEST_SIGN:]
    except LedgerRefused:
        raise
    except Exception as error:
        # zipfile, zlib, lzma and bz2 each have errors of their own for a damaged part.
        raise LedgerRefused(DAMAGED) from error
    return size
