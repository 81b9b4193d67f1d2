"""An .xlsx as the parts of its archive: a few are changed, all others stay byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

MOST_BYTES = 300 * 1024 * 1024
"""Unpacked, all parts together."""
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


class WorkbookNotMarked(Exception):
    """The file cannot be marked; `str(error)` is one Chinese sentence for its sender."""


DAMAGED = "原文件内部结构不完整，无法在其中标注。请按问题清单修改，或在 Excel 中另存后重新上传。"


def parsed(data: bytes) -> Any:
    """The root element, read without entities, DTD or network; WorkbookNotMarked if broken."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WorkbookNotMarked(DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise WorkbookNotMarked(DAMAGED)
    return root


def written(root: Any) -> bytes:
    """The element as a part of the archive."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


class Package:
    """Parts by name (case does not count), their relationships and content types."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise WorkbookNotMarked(DAMAGED) from error
        if sum(part.file_size for part in self._archive.infolist()) > MOST_BYTES:
            raise WorkbookNotMarked("原文件太大，无法在其中标注。请按问题清单修改。")
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names or name in self._changed

    def read(self, name: str) -> bytes:
        """The part as it now is; WorkbookNotMarked when it is missing or damaged."""
        if name in self._changed:
            return self._changed[name]
        try:
            return self._archive.read(self._names[name.lower()])
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
                NotImplementedError) as error:  # fmt: skip
            raise WorkbookNotMarked(DAMAGED) from error

    def write(self, name: str, data: bytes) -> None:
        """Change or add a part."""
        self._changed[self._names.get(name.lower(), name)] = data

    def free_name(self, pattern: str) -> str:
        """The first unused name; `pattern` has {} for the number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def links(self, part: str) -> list[tuple[str, str, str]]:
        """(id, last word of the type, part) of each relationship inside the archive."""
        name = _links_of(part)
        if name not in self:
            return []
        return [
            (link.get("Id", ""), link.get("Type", "").rpartition("/")[2], self._target(part, link))
            for link in parsed(self.read(name))
            if isinstance(link.tag, str) and link.get("TargetMode") != "External"
        ]

    def linked(self, part: str, kind: str) -> str | None:
        """The part that `part` refers to as `kind`, if it is there."""
        return next((to for _, of, to in self.links(part) if of == kind and to in self), None)

    def link(self, part: str, to: str, type_uri: str) -> str:
        """Add a relationship; its id."""
        name = _links_of(part)
        known = name in self
        root = parsed(self.read(name)) if known else etree.Element(
            f"{{{_LINKS_SPACE}}}Relationships", nsmap={None: _LINKS_SPACE}
        )  # fmt: skip
        used = {link.get("Id") for link in root}
        number = 1
        while (made := f"rIdDuban{number}") in used:
            number += 1
        target = posixpath.relpath(to, posixpath.dirname(part))
        etree.SubElement(
            root, f"{{{_LINKS_SPACE}}}Relationship", Id=made, Type=type_uri, Target=target
        )
        self.write(name, written(root))
        return made

    def declare(self, part: str, content_type: str) -> None:
        """Tell the content type of one added part."""
        self._add_type("Override", "PartName", f"/{part}", content_type)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Tell the content type of all parts with this suffix."""
        self._add_type("Default", "Extension", suffix, content_type)

    def saved(self) -> bytes:
        """The archive with its changes; the order of the parts is kept."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in dict.fromkeys([*self._names.values(), *self._changed]):
                archive.writestr(name, self.read(name))
        return made.getvalue()

    def _target(self, part: str, link: Any) -> str:
        target = link.get("Target", "")
        whole = (
            target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
        )
        return posixpath.normpath(whole).lstrip("/")

    def _add_type(self, kind: str, key: str, value: str, content_type: str) -> None:
        root = parsed(self.read(_CONTENT_TYPES))
        if any((entry.get(key) or "").lower() == value.lower() for entry in root):
            return
        entry = etree.Element(f"{{{_TYPES_SPACE}}}{kind}")
        entry.set(key, value)
        entry.set("ContentType", content_type)
        root.insert(0 if kind == "Default" else len(root), entry)
        self.write(_CONTENT_TYPES, written(root))


def _links_of(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
