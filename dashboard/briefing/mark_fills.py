"""Cell styles that keep everything of the sender's own and change only the fill."""

from __future__ import annotations

import copy
from types import MappingProxyType
from typing import Any

from lxml import etree

from dashboard.briefing.package import Package, parsed, written
from supervision.vocabulary import Severity

# Pale, so that the sender's text stays readable; the word stands in the comment as well.
FILLS = MappingProxyType(
    {Severity.ERROR: "FFF9D5D2", Severity.WARNING: "FFFDE9C4", Severity.NOTICE: "FFDCE9F7"}
)
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SECTIONS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
# What a style sheet must hold before the first fill of our own; the first two are reserved.
_LEAST = MappingProxyType(
    {
        "fonts": '<font xmlns="{0}"><sz val="11"/><name val="宋体"/></font>',
        "fills": '<fill xmlns="{0}"><patternFill patternType="none"/></fill>',
        "borders": '<border xmlns="{0}"><left/><right/><top/><bottom/><diagonal/></border>',
        "cellStyleXfs": '<xf xmlns="{0}" numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
        "cellXfs": '<xf xmlns="{0}" numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
        "cellStyles": '<cellStyle xmlns="{0}" name="Normal" xfId="0" builtinId="0"/>',
    }
)


class MarkFills:
    """The workbook's styles; each own style is cloned once per severity."""

    def __init__(self, package: Package, book: str, space: str, links_space: str) -> None:
        self._package, self._space = package, space
        self._part = package.linked(book, "styles") or self._added(book, links_space)
        self._root = parsed(package.read(self._part))
        for name in _LEAST:
            self._section(name)
        self._styles = self._section("cellXfs")
        self._fills: dict[Severity, int] = {}
        self._clones: dict[tuple[int, Severity], int] = {}

    def style(self, own: str | None, severity: Severity) -> str:
        """The index of the style `own` (as a cell tells it) with this severity's fill."""
        index = int(own) if own and own.isdecimal() and len(own) < 7 else 0
        index = index if index < len(self._styles) else 0
        if (index, severity) not in self._clones:
            clone = copy.deepcopy(self._styles[index])
            clone.set("fillId", str(self._fill(severity)))
            clone.set("applyFill", "1")
            self._styles.append(clone)
            self._clones[index, severity] = len(self._styles) - 1
        return str(self._clones[index, severity])

    def save(self) -> None:
        """Write the styles back into the package."""
        for name in ("fills", "cellXfs"):
            section = self._section(name)
            section.set("count", str(len(section)))
        self._package.write(self._part, written(self._root))

    def _fill(self, severity: Severity) -> int:
        if severity not in self._fills:
            fills = self._section("fills")
            fill = etree.SubElement(fills, self._named("fill"))
            pattern = etree.SubElement(fill, self._named("patternFill"), patternType="solid")
            etree.SubElement(pattern, self._named("fgColor"), rgb=FILLS[severity])
            etree.SubElement(pattern, self._named("bgColor"), indexed="64")
            self._fills[severity] = len(fills) - 1
        return self._fills[severity]

    def _named(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _section(self, name: str) -> Any:
        """The section, made in its place where it is missing, never empty."""
        found = self._root.find(self._named(name))
        if found is None:
            found = etree.Element(self._named(name))
            earlier = {self._named(one) for one in _SECTIONS[: _SECTIONS.index(name)]}
            place = sum(child.tag in earlier for child in self._root)
            self._root.insert(place, found)
        least = (_LEAST[name],) if name != "fills" else (
            _LEAST[name], _LEAST[name].replace("none", "gray125"),
        )  # fmt: skip
        for entry in least[len(found) :]:
            found.append(parsed(entry.format(self._space).encode()))
        return found

    def _added(self, book: str, links_space: str) -> str:
        # Some readers look for this name instead of following the relationship.
        usual = "xl/styles.xml"
        taken = usual in self._package
        part = self._package.free_name("xl/stylesDuban{}.xml") if taken else usual
        empty = etree.Element(self._named("styleSheet"), nsmap={None: self._space})
        self._package.write(part, written(empty))
        self._package.declare(part, _CONTENT_TYPE)
        self._package.link(book, part, f"{links_space}/styles")
        return part
