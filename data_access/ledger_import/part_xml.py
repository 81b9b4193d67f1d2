"""Parts of a workbook as text, and the one way they are parsed: no DTD, no entity, no network."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from data_access.ledger_import import refusals
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.package import Package

_CODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
# Controls that XML forbids but careless exporters write; a reader should lose them, not the file.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_NO_CONTROLS = dict.fromkeys(_CONTROLS)
# Python knows stranger codings, some of which are no text at all.
_CODINGS = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig",
    # Said by a declaration of one-byte letters, this cannot be true.
    "utf-16": "utf-8-sig",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5",
    "us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "latin-1", "windows-1252": "cp1252",
}  # fmt: skip
_LONGEST_TAG = 1 << 20
_DEEPEST = 100


def texts(package: Package, name: str) -> Iterator[str]:
    """One part decoded, a block at a time; LedgerRefused when it is not text as declared."""
    chunks = package.chunks(name)
    first = next(chunks, b"")
    try:
        coding = _coding(first)
        decoder = codecs.getincrementaldecoder(coding)()
        of_two_bytes = coding.startswith("utf-16")
        for chunk in chain((first,), chunks):
            if of_two_bytes:
                yield decoder.decode(chunk).translate(_NO_CONTROLS)
            else:
                yield decoder.decode(chunk.translate(None, _CONTROLS))
        decoder.decode(b"", True)
    except (UnicodeDecodeError, LookupError) as error:
        raise LedgerRefused(refusals.DAMAGED) from error


def _coding(start: bytes) -> str:
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if start[:4] in (b"<\0?\0", b"\0<\0?"):
        return "utf-16-le" if start[0] else "utf-16-be"
    told = _CODING.match(start.removeprefix(codecs.BOM_UTF8))
    name = told[1].decode().lower() if told else "utf-8"
    return _CODINGS[name]


class Parser:
    """A hardened expat: text goes in by pieces, handlers are called with local names."""

    def __init__(
        self,
        *,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        characters: Callable[[str], None] | None = None,
    ) -> None:
        self._expat = expat.ParserCreate("utf-8", " ")
        self._expat.buffer_text = True
        self._start, self._end = start, end
        self._expat.StartElementHandler = self._started
        self._expat.EndElementHandler = self._ended
        if characters is not None:
            self._expat.CharacterDataHandler = characters
        self._expat.StartDoctypeDeclHandler = _refuse_doctype
        self._since_tag = 0
        self.depth = 0

    def feed(self, text: str) -> None:
        """Parse a piece; LedgerRefused when it is not well-formed."""
        if not text:
            return
        # An endless tag would make expat begin it again with every piece.
        closed = text.rfind(">")
        self._since_tag = len(text) - closed - 1 + (self._since_tag if closed < 0 else 0)
        if self._since_tag > _LONGEST_TAG:
            raise LedgerRefused(refusals.TAMPERED)
        self._parse(text.encode("utf-8", "replace"), final=False)

    def close(self) -> None:
        """The end of the part; LedgerRefused when something is still open."""
        self._parse(b"", final=True)

    def _parse(self, data: bytes, *, final: bool) -> None:
        try:
            self._expat.Parse(data, final)
        except expat.ExpatError as error:
            raise LedgerRefused(refusals.DAMAGED) from error

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise LedgerRefused(refusals.TAMPERED)
        self._start(name.rpartition(" ")[2], attributes)

    def _ended(self, name: str) -> None:
        self.depth -= 1
        self._end(name.rpartition(" ")[2])


def _refuse_doctype(*_declared: object) -> NoReturn:
    raise LedgerRefused(refusals.DECLARATIONS)


class Element(NamedTuple):
    """An opened element: local names, its parent's too ("" for the root)."""

    name: str
    attributes: dict[str, str]
    parent: str


def elements(blocks: Iterable[str], wanted: frozenset[str]) -> list[Element]:
    """The elements of a small part whose local names are wanted, in their order."""
    found: list[Element] = []
    path = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in wanted:
            local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            found.append(Element(name, local, path[-1]))
        path.append(name)

    def end(_name: str) -> None:
        path.pop()

    parser = Parser(start=start, end=end)
    for block in blocks:
        parser.feed(block)
    parser.close()
    return found


_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def resolved(text: str) -> str:
    """Character references resolved, as XML has them without a DTD."""
    if "&" not in text:
        return text
    if len(_REFERENCE.findall(text)) != text.count("&"):
        raise LedgerRefused(refusals.DAMAGED)
    return _REFERENCE.sub(_referred, text)


def _referred(found: re.Match[str]) -> str:
    if found[1]:
        return _NAMED[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    # XML knows no other controls; a reader should lose them, not the file.
    return chr(code) if code in (9, 10, 13) or 32 <= code <= 0x10FFFF else ""
