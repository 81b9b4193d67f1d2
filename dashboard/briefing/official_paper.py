"""A sheet in the layout of GB/T 9704-2012: margins, faces, lines, page numbers; text stays text.

The faces of government offices (小标宋, 仿宋) are named, never shipped: where one is missing, the
reader's machine takes the next of its list. Measures: bulletins.md 5.3.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.briefing.sheet_text import cell_text
from dashboard.briefing.watermark import Watermark

TITLE_FACE, BODY_FACE, HEAD_FACE, PAGE_FACE = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
LATIN_FACE = "Times New Roman"
SECOND, THIRD, FOURTH, FIFTH, SMALL = 22, 16, 14, 10.5, 9
"""2号, 3号, 4号, 5号 in points, and what stands in the margin."""
TYPE_WIDTH = 156
"""Millimetres between the margins."""
LINE = 28
_OTHERS = {
    TITLE_FACE: "方正小标宋_GBK,华文中宋,STZhongsong,宋体",
    BODY_FACE: "仿宋,FangSong,华文仿宋,方正仿宋_GBK",
    HEAD_FACE: "SimHei",
    PAGE_FACE: "SimSun",
}
_BEFORE_SPACING = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
                   "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:rPr")  # fmt: skip


class OfficialPaper:
    """One document that is written from top to bottom."""

    def __init__(self, title: str, watermark: Watermark) -> None:
        self._document = Document()
        self._lay_out()
        self._name_faces()
        self._foot(watermark)
        told = self._document.core_properties
        told.title, told.author, told.comments = title, watermark.who, watermark.words
        told.created = told.modified = watermark.at

    def title(self, text: str) -> None:
        """2号小标宋, centred, with air below."""
        self._paragraph(text, TITLE_FACE, SECOND, centred=True, line=36)

    def centred(self, text: str) -> None:
        """A line under the title: its number, its card."""
        self._paragraph(text, BODY_FACE, THIRD, centred=True)

    def gap(self) -> None:
        """An empty line."""
        self._paragraph("", BODY_FACE, THIRD)

    def addressee(self, text: str) -> None:
        """主送机关: at the edge."""
        self._paragraph(text, BODY_FACE, THIRD)

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        self._paragraph(text, HEAD_FACE, THIRD, indent=2)

    def body(self, text: str) -> None:
        """3号仿宋, two characters in; each line of the text is a paragraph."""
        for line in cell_text(text).split("\n"):
            self._paragraph(line, BODY_FACE, THIRD, indent=2)

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[float]
    ) -> None:
        """5号 in a ruled table over the sheet's width; its heading comes again on every page."""
        made = self._document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
        made.autofit = False
        parts = sum(widths)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(TYPE_WIDTH * width / parts)
        for number, texts in enumerate((headings, *rows)):
            row = made.rows[number]
            _never_split(row, is_heading=number == 0)
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Mm(TYPE_WIDTH * width / parts)
                face = HEAD_FACE if number == 0 else BODY_FACE
                look = cell.paragraphs[0].paragraph_format
                look.space_before, look.space_after = Pt(2), Pt(2)
                if kept := cell_text(text):
                    _dressed(cell.paragraphs[0].add_run(kept), face, FIFTH)
        self.gap()

    def annex(self, mark: str, title: str) -> None:
        """附件 on a sheet of its own: its mark at the edge, its title centred."""
        begun = self._paragraph(mark, HEAD_FACE, THIRD)
        begun.paragraph_format.page_break_before = True
        self.gap()
        self.title(title)
        self.gap()

    def signed(self, text: str, *, from_right: float) -> None:
        """署名 and 成文日期: right, so many characters in, never alone on a page."""
        before = self._document.paragraphs[-1]
        before.paragraph_format.keep_with_next = True
        made = self._paragraph(text, BODY_FACE, THIRD)
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _indent(made, "right", from_right, THIRD)

    def saved(self) -> bytes:
        """The finished .docx."""
        made = io.BytesIO()
        self._document.save(made)
        return made.getvalue()

    def _paragraph(
        self, text: str, face: str, size: float, *, indent: float = 0, centred: bool = False,
        line: float = LINE,
    ) -> Any:  # fmt: skip
        made = self._document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
        look = made.paragraph_format
        look.space_before, look.space_after, look.widow_control = Pt(0), Pt(0), False
        look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        if indent:
            _indent(made, "firstLine", indent, size)
        _keep_the_grid(made)
        if kept := cell_text(text):
            _dressed(made.add_run(kept), face, size)
        return made

    def _lay_out(self) -> None:
        sheet = self._document.sections[0]
        sheet.page_width, sheet.page_height = Mm(210), Mm(297)
        sheet.top_margin, sheet.bottom_margin = Mm(37), Mm(35)
        sheet.left_margin, sheet.right_margin = Mm(28), Mm(26)
        sheet.footer_distance = Mm(20)
        plain = self._document.styles["Normal"]
        plain.font.size, plain.font.name = Pt(THIRD), LATIN_FACE
        faces = plain.element.get_or_add_rPr().get_or_add_rFonts()
        faces.set(qn("w:eastAsia"), BODY_FACE)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
        plain.element.rPr.append(language)

    def _foot(self, watermark: Watermark) -> None:
        foot = self._document.sections[0].footer
        number = foot.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _dressed(number.add_run("— "), PAGE_FACE, FOURTH)
        _page_number(number)
        _dressed(number.add_run(" —"), PAGE_FACE, FOURTH)
        mark = foot.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _dressed(mark.add_run(cell_text(watermark.words)), PAGE_FACE, SMALL)

    def _name_faces(self) -> None:
        """What takes the place of a face that is missing; python-docx has no words for it."""
        part = self._document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        named = "".join(
            f'<w:font w:name="{face}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
            '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            for face, others in _OTHERS.items()
        )
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        part._blob = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<w:fonts xmlns:w="{space}">{named}</w:fonts>'
        ).encode()


def _dressed(run: Any, face: str, size: float) -> None:
    run.font.size = Pt(size)
    faces = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script, wanted in (("ascii", LATIN_FACE), ("hAnsi", LATIN_FACE), ("eastAsia", face)):
        faces.set(qn(f"w:{script}"), wanted)
    # Else the quotes and dashes of Chinese are drawn half as wide, in the Latin face.
    faces.set(qn("w:hint"), "eastAsia")


def _never_split(row: Any, *, is_heading: bool) -> None:
    """A line stays on one page; a heading is said again on the next."""
    for name in ("w:cantSplit", *(["w:tblHeader"] if is_heading else [])):
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _indent(paragraph: Any, side: str, characters: float, size: float) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
    indent.set(qn(f"w:{side}"), str(round(characters * size * 20)))


def _keep_the_grid(paragraph: Any) -> None:
    """No extra room between 汉字 and digits: lines keep their 28 characters."""
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().insert_element_before(off, *_BEFORE_SPACING)


def _page_number(paragraph: Any) -> None:
    """The only field of the document."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        _dressed(run, PAGE_FACE, FOURTH)
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = " PAGE "
            run._r.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
