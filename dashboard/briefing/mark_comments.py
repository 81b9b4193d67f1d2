"""Notes on cells: added beside the sender's own, or below them in the same note."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from dashboard.briefing.package import Package, parsed, written
from dashboard.briefing.sheet_part import SheetPart, place_of, reference_of

AUTHOR = "督办系统"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
# What stands after the drawing of notes in a worksheet.
_AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
          "tableParts", "extLst")  # fmt: skip


def write_comments(
    package: Package,
    part: str,
    sheet: SheetPart,
    notes: dict[tuple[int, int], str],
    links_space: str,
) -> None:
    """Put each note on its cell (row, column); existing notes keep their text in front."""
    comments = package.linked(part, "comments")
    known = comments is not None
    if comments is None:
        comments = package.free_name("xl/commentsDuban{}.xml")
        package.declare(comments, _COMMENTS_TYPE)
        package.link(part, comments, f"{links_space}/comments")
        root = etree.Element(sheet.named("comments"), nsmap={None: sheet.space})
    else:
        root = parsed(package.read(comments))
    fresh = _add_notes(root, notes)
    package.write(comments, written(root))
    drawing = _drawing(package, part, sheet)
    if drawing is not None:
        _add_shapes(package, drawing, {place: notes[place] for place in fresh})
        return
    # Notes without boxes are not shown, so the sender's own get theirs here as well.
    own = {place_of(note.get("ref")): "" for note in _list_of(root)} if known else {}
    boxes = {place: "" for place in own if place is not None} | notes
    drawing = package.free_name("xl/drawings/vmlDrawingDuban{}.vml")
    package.write(drawing, _empty_drawing(len(boxes)))
    package.declare_suffix("vml", _VML_TYPE)
    _attach(sheet, package.link(part, drawing, f"{links_space}/vmlDrawing"), links_space)
    _add_shapes(package, drawing, boxes)


def _add_notes(root: Any, notes: dict[tuple[int, int], str]) -> list[tuple[int, int]]:
    """Adds the notes; the places that had none before."""
    own = {place_of(note.get("ref")): note for note in _list_of(root)}
    author = str(_author(root))
    fresh = []
    for place, text in sorted(notes.items()):
        if place in own:
            _append_run(root, _text_of(root, own[place]), f"\n{text}")
            continue
        fresh.append(place)
        note = etree.SubElement(_list_of(root), _named(root, "comment"))
        note.set("ref", reference_of(place))
        note.set("authorId", author)
        _append_run(root, _text_of(root, note), text)
    return fresh


def _named(root: Any, name: str) -> str:
    return f"{{{etree.QName(root).namespace}}}{name}"


def _child(root: Any, parent: Any, name: str, place: int) -> Any:
    found = parent.find(_named(root, name))
    if found is None:
        found = etree.Element(_named(root, name))
        parent.insert(place, found)
    return found


def _list_of(root: Any) -> Any:
    _child(root, root, "authors", 0)
    return _child(root, root, "commentList", 1)


def _text_of(root: Any, note: Any) -> Any:
    return _child(root, note, "text", 0)


def _author(root: Any) -> int:
    authors = _child(root, root, "authors", 0)
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, _named(root, "author")).text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


def _append_run(root: Any, text: Any, words: str) -> None:
    """Adds a run after what is there; plain text becomes the first run."""
    plain = text.find(_named(root, "t"))
    if plain is not None:
        run = etree.Element(_named(root, "r"))
        text.replace(plain, run)
        run.append(plain)
    run = etree.Element(_named(root, "r"))
    look = etree.SubElement(run, _named(root, "rPr"))
    etree.SubElement(look, _named(root, "sz"), val="9")
    etree.SubElement(look, _named(root, "rFont"), val="微软雅黑")
    shown = etree.SubElement(run, _named(root, "t"))
    shown.text = words
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.insert(len(text.findall(_named(root, "r"))), run)


def _drawing(package: Package, part: str, sheet: SheetPart) -> str | None:
    """The drawing that holds the sheet's note boxes, if it can take more."""
    tag = sheet.frame.find(sheet.named("legacyDrawing"))
    if tag is None:
        return None
    told = set(tag.attrib.values())
    for link, kind, to in package.links(part):
        if kind == "vmlDrawing" and link in told and to in package:
            return to if b"</xml>" in package.read(to) else None
    return None


def _attach(sheet: SheetPart, link: str, links_space: str) -> None:
    tag = sheet.frame.find(sheet.named("legacyDrawing"))
    if tag is None:
        tag = etree.Element(sheet.named("legacyDrawing"))
        after = {sheet.named(name) for name in _AFTER}
        behind = next((child for child in sheet.frame if child.tag in after), None)
        if behind is None:
            sheet.frame.append(tag)
        else:
            behind.addprevious(tag)
    tag.set(f"{{{links_space}}}id", link)


def _empty_drawing(boxes: int) -> bytes:
    """A drawing whose numbers, in blocks of 1,024 from 1,024 on, are enough for the boxes."""
    blocks = ",".join(str(block) for block in range(1, boxes // 1_024 + 3))
    return (
        f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/>'
        "</o:shapelayout></xml>"
    ).encode()


def _add_shapes(package: Package, drawing: str, boxes: dict[tuple[int, int], str]) -> None:
    # Office writes VML that no XML parser takes, so shapes go in before its end as bytes.
    old = package.read(drawing)
    number = max((int(found) for found in _SHAPE_NUMBER.findall(old)), default=1024) + 1
    shapes = "" if b'"_x0000_t202"' in old else _SHAPE_TYPE
    for extra, (place, text) in enumerate(sorted(boxes.items())):
        shapes += _shape(number + extra, place, text)
    end = old.rindex(b"</xml>")
    package.write(drawing, old[:end] + shapes.encode() + old[end:])


def _shape(number: int, place: tuple[int, int], text: str) -> str:
    row, column = place[0] - 1, place[1] - 1
    lines = sum(1 + len(line) // 18 for line in text.split("\n"))
    tall = max(3, min(lines + 1, 20))
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 2, {column + 5}, 15, {row + tall}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;width:230pt;height:{15 * tall}pt;visibility:hidden" '
        'fillcolor="#fff4dc" o:insetmode="auto"><v:fill color2="#fff4dc"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{escape(anchor)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
