"""The Word documents of 督办单, opened again: text exact, layout of 公文, nothing that acts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import date

import pytest
from docx import Document
from docx.shared import Mm, Pt

from dashboard.briefing.notice_bundle import notice_bundle
from dashboard.briefing.notice_document import UNNUMBERED, notice_document
from dashboard.briefing.watermark import Watermark
from data_access import clock
from supervision.loop_words import NoticeKind, NoticeLevel

MARK = Watermark("王督查", "supervisor", clock.instant())
HOSTILE = (
    '<w:p/> ]]> &amp; =HYPERLINK("http://x.cn") {=1+1} \\{ PAGE \\} [a](b)\u202e 反转\x00\x0b '
    "![x](http://evil/p.png)"
)


@dataclass(frozen=True)
class Told:
    """A notice as the store tells it."""

    notice_id: int = 7
    number: str | None = "督办〔2026〕3号"
    kind: NoticeKind = NoticeKind.SUPERVISION
    level: NoticeLevel = NoticeLevel.RED
    department: str | None = "市水务局"
    item_number: str | None = "MDM-7"
    title: str = "红星路路灯不亮"
    text: str = "第一段。\n第二段。"
    issued_on: date | None = date(2026, 11, 25)
    reply_due_on: date | None = date(2026, 12, 2)
    feedback_trace: tuple[str, ...] = ("2026-10-01 国庆节，不计。", "2026-10-15 为期限最后一日。")
    reply_trace: tuple[str, ...] = ("2026-11-25 签发，期限5个工作日。",)


def opened(told: Told):
    return Document(io.BytesIO(notice_document(told, watermark=MARK)))


def lines(told: Told) -> list[str]:
    return [paragraph.text for paragraph in opened(told).paragraphs if paragraph.text]


def parts(told: Told) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(notice_document(told, watermark=MARK))) as package:
        return {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_a_notice_says_everything_in_its_order():
    assert lines(Told()) == [
        "督办通知书", "督办〔2026〕3号", "督办等级：红色", "市水务局：", "第一段。", "第二段。",
        "请于2026年12月2日前（含当日）书面回复。", "附件：督办事项和期限计算说明",
        "（签发单位盖章）", "2026年11月25日",
        "附件", "督办事项和期限计算说明",
        "一、督办事项", "事项名称：红星路路灯不亮", "事项编号：MDM-7",
        "二、反馈期限", "2026年10月1日 国庆节，不计。2026年10月15日 为期限最后一日。",
        "三、回复期限", "2026年11月25日 签发，期限5个工作日。",
    ]  # fmt: skip


def test_a_draft_has_neither_number_nor_day():
    draft = Told(number=None, issued_on=None, reply_due_on=None, reply_trace=(),
                 kind=NoticeKind.REMINDER, level=NoticeLevel.BLUE)  # fmt: skip
    told = lines(draft)
    assert told[:3] == ["催办通知书", UNNUMBERED, "督办等级：蓝色"]
    assert "回复期限自签发之日起计算，签发时确定。" in told
    assert "2026年11月25日" not in told


def test_the_sheet_has_the_measures_of_an_official_document():
    made = opened(Told())
    sheet = made.sections[0]
    assert [round(side.mm) for side in (sheet.page_width, sheet.page_height)] == [210, 297]
    assert (sheet.top_margin.mm, sheet.left_margin.mm) == pytest.approx((37, 28), abs=0.1)
    assert sheet.page_width - sheet.left_margin - sheet.right_margin == pytest.approx(
        Mm(156), abs=Mm(0.1)
    )
    title, body = made.paragraphs[0], made.paragraphs[5]
    assert 'w:eastAsia="方正小标宋简体"' in title.runs[0]._r.xml
    assert title.runs[0].font.size == Pt(22)
    assert 'w:eastAsia="仿宋_GB2312"' in body.runs[0]._r.xml
    assert (body.runs[0].font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))


def test_faces_that_are_missing_have_others_in_their_place():
    table = parts(Told())["word/fontTable.xml"]
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in table


def test_hostile_text_is_kept_as_text_without_what_hides_or_breaks():
    told = Told(title=HOSTILE, text=HOSTILE, department="市<b>局", item_number="=1+1")
    kept = HOSTILE.translate({0x202E: None, 0: None, 0x0B: None})
    said = lines(told)
    assert kept in said
    assert f"事项名称：{kept}" in said
    assert "事项编号：=1+1" in said
    assert "市<b>局：" in said


def test_nothing_in_the_document_acts_but_its_page_number():
    package = parts(Told(title=HOSTILE, text=HOSTILE))
    body = package["word/document.xml"]
    for acting in (
        "w:instrText",
        "w:fldChar",
        "w:fldSimple",
        "w:hyperlink",
        "w:object",
        "w:altChunk",
    ):
        assert f"<{acting}" not in body
    assert package["word/footer1.xml"].count("<w:instrText") == 1
    assert "> PAGE <" in package["word/footer1.xml"]
    outside = [name for name, text in package.items() if 'TargetMode="External"' in text]
    assert outside == []


def test_who_took_it_out_stands_at_the_foot_of_every_page():
    made = opened(Told())
    assert made.sections[0].footer.paragraphs[-1].text == MARK.words
    assert made.core_properties.comments == MARK.words
    assert made.core_properties.author == "王督查"


def test_a_text_of_any_length_is_kept_whole():
    long = "路" * 30_000
    assert long in lines(replace(Told(), text=long))


def test_several_notices_are_documents_of_their_own_under_names_that_a_disk_takes():
    hostile = Told(notice_id=8, number=None, department="../市\u202e水\n务:局*" * 20)
    archive = zipfile.ZipFile(io.BytesIO(notice_bundle([Told(), hostile], watermark=MARK)))
    first, second = archive.namelist()
    assert first == "督办通知书_督办〔2026〕3号_市水务局_7.docx"
    assert second.startswith("督办通知书_拟稿_..＿市＿水＿务＿局＿..＿市")
    assert (second.endswith("_8.docx"), len(second) < 80) == (True, True)
    inside = Document(io.BytesIO(archive.read(first)))
    assert "市水务局：" in [paragraph.text for paragraph in inside.paragraphs]
