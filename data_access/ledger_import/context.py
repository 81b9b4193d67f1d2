"""What stands around the tables: title, 填报单位, period, section titles, sheet names.

They may carry the year of dates without one, the county, the session and the category of the
rows below (ledgers.md 4.1 no. 1 and 11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data_access.ledger_import.cell_text import compact
from data_access.ledger_import.date_text import simplified
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.personal import masked
from data_access.ledger_import.places import PlaceReader

_REPORTING_UNIT = re.compile(
    r"(?:填报|报送|上报|制表|填表|编制)(?:单位|部门)(?:\([^)]*\))?[::]([^::]+)?"
)
_COUNTY_LABEL = re.compile(r"(?:县区|所属县区|县\(区\)|县\(市、?区\)|区县|属地)[::]([^::;；,，]+)?")
_YEAR = re.compile(
    r"(?<!\d)(20[12]\d)(?:\s*年|[-/.]\d{1,2}(?!\d)|(?=\s*(?:-+|至|到|、)\s*20[12]\d\s*年))"
)
_LEDGER_WORD = re.compile(r"台账|清单|汇总表|一览表|明细|登记表|情况表|统计表|任务表|交办表|表$")
_THEME_LABEL = re.compile(
    r"(?:主题|专题|专场|场次|会议名称|座谈会名称|活动名称)[::][“\"「『]?([^”\"」』;；,，::]+)?"
)
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,20})[”\"」』》]")
_SPECIAL = re.compile(r"([\u4e00-\u9fa5、·与和及]{2,16}?)(?:问题|领域|类)?(?:专题|专场)")
# 第三场面对面座谈会（住房与物业）: a name, no period, version or place.
_BRACKETED_THEME = re.compile(
    r"(?:座谈会|面对面[”\"]?|专场|活动)\(((?![^)]*(?:季度|[年月日期版件份稿表市县区第])[^)]*\))"
    r"[\u4e00-\u9fa5、]{2,12})\)"
)
_SESSION_WORDS = re.compile(r"面对面|座谈会|专题|专场")
_GENERIC_QUOTES = re.compile(
    r"面对面|民声|民意|直通车|接诉即办|我为群众|书记|市长|县长|5\+N|解难题|办实事"
)
_SECTION_BULLET = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|章|类|批)?[、.．::\s]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、.．](?=\D)|[◆●■★▲※])\s*"
)
_COUNT_NOTE = re.compile(r"[(（]?(?:共|计|合计)?\s*\d+\s*(?:件|条|项|个|宗)[)）]?$")
# A sheet that says what kind of paper it is, which version, or when, names no category.
_GENERIC_SHEET = re.compile(
    r"sheet|工作表|台账|汇总|总表|明细|清单|一览|数据|表\d*$|附件|附表|交办|督办|转办|续办|承办|工单|导出|导入|测试|样表|模板|示例|"
    r"通报|进展|推进|情况|情形|全部|所有|统计|登记|填报|上报|反馈|副本|备份|最终|定稿|终稿|修改|新建|data|ledger|^csv$|"
    r"^事项$|^问题$|\d",
    re.IGNORECASE,
)
# How far items have come, or since when they are told, is no subject: 三、本期办结事项.
_OF_HANDLING = re.compile(
    r"办结|未结|已结|在办|未办|已办|逾期|超期|临期|到期|未反馈|已反馈|满意|本期|上期|本月|上月|本周|上周|本季|上季"
    r"|新增|存量|结转|遗留|挂账|销号|重新交办|回头看|未完成|已完成|正在"
)
_CATEGORY_TAIL = re.compile(r"(?:类问题|类事项|类诉求|类|问题|事项|方面|领域)$")


@dataclass(frozen=True, slots=True)
class Context:
    """What the surroundings say of the rows below."""

    county: str | None = None
    theme: str | None = None
    category: str | None = None
    year: int | None = None
    title: str | None = None
    reporting_unit: str | None = None


def sheet_context(name: str, places: PlaceReader) -> Context:
    """源城区, 教育专场, 积压: a sheet's name as county, session or category."""
    county = places.county_named(name)
    year = years_in(name)
    context = Context(county=county, year=year[0] if len(year) == 1 else None)
    plain = compact(name)
    theme = _special_theme(name, places)
    if theme is not None:
        return replace(context, theme=theme)
    generic = _GENERIC_SHEET.search(plain) or _OF_HANDLING.search(plain)
    if county is None and not generic and len(plain) <= 16:
        return replace(context, category=masked(_CATEGORY_TAIL.sub("", plain) or plain))
    return context


def with_preamble(context: Context, grid: Grid, end: int, places: PlaceReader) -> Context:
    """Adds what the rows above a sheet's first header say."""
    lines = [grid.texts(row) for row in range(end)]
    joined = [" ".join(dict.fromkeys(line)) for line in lines if line]
    if not joined:
        return context
    title = _title(joined)
    context = replace(context, title=masked(title) if title else None)
    context = replace(context, year=_year(title, joined) or context.year)
    unit = _reporting_unit(lines)
    county = (places.county_named(title) if title else None) or (
        places.county_named(unit) if unit else None
    )
    named = [line for line in joined if _LEDGER_WORD.search(line) and not is_section_title(line)]
    themes = (_title_theme(line, places) for line in ([title] if title else []) + named)
    theme = _labelled(lines, _THEME_LABEL) or next(filter(None, themes), None)
    place = _labelled(lines, _COUNTY_LABEL)
    county = (places.county_named(place) if place else None) or county
    return replace(
        context,
        reporting_unit=masked(unit) if unit else None,
        county=context.county or county,
        theme=context.theme or theme,
    )


def _title(lines: list[str]) -> str | None:
    named = [line for line in lines if _LEDGER_WORD.search(compact(line))]
    chosen = named or [
        line
        for line in lines
        if not _REPORTING_UNIT.search(compact(line))
        and not line.startswith("附件")
        and not is_section_title(line)
    ]
    return chosen[0] if chosen else None


def _year(title: str | None, lines: list[str]) -> int | None:
    """The title's year; else the period's; None where they name several."""
    if title is not None:
        found = years_in(title)
        if found:
            return found[0] if len(found) == 1 else None
    found = sorted({year for line in lines for year in years_in(line)})
    if len(found) == 1:
        return found[0]
    return None


def years_in(text: str) -> list[int]:
    """Every year a text names, each once, ascending."""
    return sorted({int(year) for year in _YEAR.findall(simplified(text))})


def _reporting_unit(lines: list[list[str]]) -> str | None:
    found = _labelled(lines, _REPORTING_UNIT)
    if found is None:
        return None
    return re.split(r"填报|报送|联系|时间|日期|单位[::]", found)[0] or None


def _labelled(lines: list[list[str]], label: re.Pattern[str]) -> str | None:
    """What stands after a label (填报单位：市府办), in its cell or in the next one."""
    for line in lines:
        for place, text in enumerate(line):
            match = label.search(compact(text))
            if match is None:
                continue
            if match[1]:
                return match[1]
            beside = compact(line[place + 1]) if place + 1 < len(line) else ""
            if beside and not beside.endswith(":"):
                return beside
    return None


def _title_theme(title: str, places: PlaceReader) -> str | None:
    """河源市“面对面”座谈会（看病难专题）台账 → 看病难."""
    plain = compact(title)
    if not _SESSION_WORDS.search(plain):
        return None
    for quoted in _QUOTED.findall(title):
        if not _GENERIC_QUOTES.search(quoted) and not re.search(r"\d{4}", quoted):
            return _special_theme(quoted, places) or compact(quoted)
    bracketed = _BRACKETED_THEME.search(plain.replace("（", "(").replace("）", ")"))
    return _special_theme(plain, places) or (bracketed[1] if bracketed else None)


def _special_theme(text: str, places: PlaceReader) -> str | None:
    """看病难专场, 教育医疗专题 → the words before 专场."""
    plain = places.names.parted(re.sub(r"[“”\"「」『』《》]", "|", compact(text)), "|")
    for piece in re.split(r"[|()（）\-—:：\d,，]+", plain):
        match = _SPECIAL.search(piece)
        if match is not None:
            theme = re.sub(
                r"^.*?(?:面对面|座谈会|座谈|活动|第[一二三四五六七八九十]+[场期次]|全市|年)+",
                "",
                match[1],
            )
            if theme:
                return theme
    return None


def section_context(text: str, context: Context, places: PlaceReader) -> Context:
    """A section title (一、源城区；（二）教育类) speaks for the rows below it."""
    plain = _COUNT_NOTE.sub("", _SECTION_BULLET.sub("", text)).strip(" ：:")
    county = places.county_named(plain) if len(plain) <= 16 else None
    theme = _special_theme(plain, places)
    if theme is not None:
        return replace(context, theme=theme, county=county or context.county)
    if county is not None:
        return replace(context, county=county)
    if places.names.begins_with_the_city(plain):
        return replace(context, county=None)
    if _OF_HANDLING.search(plain):
        return context
    return replace(context, category=masked(_CATEGORY_TAIL.sub("", compact(plain)))[:20] or None)


def is_section_title(text: str) -> bool:
    """Whether a lone text reads as a section title."""
    return _SECTION_BULLET.match(text) is not None and len(text) <= 40


def titles_among_items(text: str, places: PlaceReader) -> bool:
    """一、…, or a county alone, where an item's text could stand."""
    if is_section_title(text):
        return True
    county = places.county_named(text) if len(text) <= 16 else None
    return county is not None and re.sub(r"[(（共\d件条项)）:：\s]", "", text) == county


def title_just_above(grid: Grid, header: int) -> str | None:
    """The first section's own title, between the ledger's title and the header."""
    lines = [grid.texts(row) for row in range(header)]
    last = next((line for line in reversed(lines) if line), [])
    if len(set(last)) == 1 and is_section_title(last[0]):
        return last[0]
    return None
