"""Which column is what: printed headings to canonical fields, never by edit distance.

Exact alias first, then the longest alias that the heading contains, behind guards; what stays
ambiguous follows the documented defaults or is asked about (ledgers.md 4).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from data_access.ledger_import.cell_text import without_brackets
from data_access.ledger_import.field_names import FIELDS
from data_access.ledger_import.values import satisfaction_heading, status_heading
from supervision.vocabulary import LedgerStatus, Satisfaction

STATUS_TICK, SATISFACTION_TICK = "status:", "satisfaction:"
LONGEST_HEADING = 40
_MARKS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[(（]\d{1,2}[)）])[.、．)）](?=\D)"
)
_FILL_NOTES = re.compile(r"(?:必填|选填|可不填|下拉选择|单选|多选|年月日|格式.*|例如.*|如\d.*)$")
_NOTE = re.compile(r"(?<=\S)\s*(?<!备)注:.*$", re.S)
_LATIN = re.compile(r"[A-Za-z]+")

_EXACT: dict[str, tuple[str, int]] = {}
for _field in FIELDS:
    for _rank, _alias in enumerate(_field.headings):
        _EXACT.setdefault(_MARKS.sub("", _alias).upper() or _alias, (_field.id, _rank))
_CONTAINED = tuple(
    sorted(
        (
            (alias, field)
            for alias, (field, _) in _EXACT.items()
            if len(alias) >= 3 or alias in ("备注", "镇街", "县区", "乡镇", "批示")
        ),
        key=lambda pair: -len(pair[0]),
    )
)

_PAPERS = "信件|留言|来信|来件|建议|提案|议案|隐患|线索|事件|批示件?|议定|举报|网帖|舆情"
"""What else is followed up in a ledger, before 编号, 标题 or 内容."""

# Guards: what decides before any containing alias may speak. The first that fits wins.
_GUARDS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        ("满意率|满意件|不满意原因|不满意理由", None),
        ("(?:过程|态度|作风).*满意", "process_satisfaction"),
        ("满意|(?:人|网友|群众|市民|对象)评价$", "satisfaction"),
        ("是否.*(?:超期|逾期|超时|按期|按时|及时)|(?:超期|逾期|剩余).*天", "overdue_flag"),
        ("(?:诉求|来电|反映|投诉|信访|举报|申请|当事|上访|求助|来访)(?:人|群众).*(?:地址|住址)",
         "reporter_addr"),
        ("(?:诉求|来电|反映|投诉|信访|举报|申请|当事|上访|求助|来访)(?:人|群众).*"
         "(?:电话|联系|手机|号码)", "reporter_phone"),
        ("银行[卡账帐]|车牌|社保卡|医保卡", "reporter_unneeded"),
        ("身份证|证件号|护照|通行证号", "reporter_id"),
        ("(?:写信|来信|留言|提交|报料|反映|求助|咨询|提议|联名|署名)(?:人|者|市民|网友)$"
         "|^网友(?:昵称|姓名|名)?$",
         "reporter_name"),
        ("(?:诉求|来电|反映|投诉|信访|举报|上访|求助|来访)人.*(?:姓名|名字)", "reporter_name"),
        ("(?:诉求|来电|反映|投诉|信访|举报|上访|求助|来访)人.*(?:性别|年龄|职业|单位)",
         "reporter_other"),
        ("^序号", "row_number"),
        (f"^(?:{_PAPERS})(?:编号|编码|号)$", "number"),
        (f"^(?:{_PAPERS})(?:标题|主题|名称|题目|摘要)$", "title"),
        (f"^(?:{_PAPERS})(?:主要|具体)?(?:内容|描述|事项|详情|问题|概述|简述|情况)$"
         "|(?:建设|项目|实施|工程)内容$", "content"),
        ("(?:来信|来件|留言|发现|提出|登记|排查)(?:时间|日期)$", "received_on"),
        ("(?:所在|所属|涉及|事发|反映|问题).{0,2}(?:乡镇|镇街|街镇|镇|街道)$", "township"),
        ("(?:所在|所属|涉及|事发|反映|问题).{0,2}(?:县区|区县|县|区)$", "county"),
        ("(?:结果|意见|答复).*(?:类别|分类|类型|等级)$", None),
        ("形象进度", "progress"),
        ("(?:牵头|主办|责任|承办|办理)(?:单位|部门)(?:及|和|与)", "lead_departments"),
        ("(?:配合|协办|协同|协助|会办|参与).{0,6}(?:单位|部门)$", "co_departments"),
        ("(?:牵头|主办|主责).{0,6}(?:单位|部门)$", "lead_departments"),
        ("领导.*批示|批示", "instruction"),
        ("(?:单位|部门|承办|责任|牵头|协办|配合|主办).*"
         "(?:人$|人员|联系|电话|手机|姓名|职务|负责人|联络)", "lead_person"),
        ("(?:单位|部门).*(?:意见|审核|签字|盖章)$", None),
        ("领导", "case_leader"),
        ("延期", "extended_due_on"),
        ("回头看.*(?:时间|日期)", "look_back_on"),
        ("回头看|反弹", "look_back"),
        ("回访.*(?:时间|日期)", "callback_on"),
        ("回访.*(?:电话|号码)", "reporter_phone"),
        ("回访.*(?:人|员)$", "supervisor"),
        ("是否.*接通|接通(?:与否|情况)", "reached"),
        ("(?:单位|部门).*是否.*解决|是否.*解决.*(?:单位|部门)", "resolved_by_unit"),
        ("(?:回访|群众|诉求人).*是否.*解决", "resolved"),
        ("回访", "callback"),
        ("销号.*(?:时间|日期)", "struck_off_on"),
        ("(?:交办|派单|转办|转送|转交|批转|分办|派发|下发|移交).*(?:时间|日期)$", "assigned_on"),
        ("签收.*(?:时间|日期)", "signed_on"),
        ("反馈.*(?:时限|期限|截止|限期)|(?:应|要求|限).{0,3}反馈.*(?:时间|日期)", "due_on"),
        ("(?:办结|完成|整改|化解|解决|落实).*(?:时限|期限|截止|限期)", "close_due_on"),
        ("(?:计划|预计|拟|要求|应|目标|承诺).*(?:办结|完成|整改|化解|解决).*(?:时间|日期)",
         "close_due_on"),
        ("(?:反馈|回复|答复).*(?:时间|日期)", "feedback_on"),
        ("(?:办结|完成|结案).*(?:时间|日期)", "closed_on"),
        ("是否.*(?:办结|完成)", "status"),
        ("是否.*销号", "struck_off"),
        ("是否.*解决", "resolved"),
        ("(?:次数|件数|数量|占比|比例|率)$", None),
        ("问题.*(?:下一?步|打算)", "next_step"),
        ("(?:事发|发生|涉事|涉及|反映|问题|点位|具体|详细|现场).{0,2}(?:地址|地点|地|位置)$",
         "address"),
        ("(?:诉求|事项|问题|任务|工单|督办|交办|项目).{0,2}(?:标题|名称|题目|摘要|概要)$", "title"),
        ("(?:诉求|来电|来信|来访|反映|投诉|信访|工单|交办|督办|事项|建议|群众|任务)(?:的)?"
         "(?:主要|具体|基本)?(?:内容|问题|诉求|事由)$", "content"),
        ("(?:督察|巡察|巡视|检查|审计|暗访|反馈|整改|发现|存在|收集|梳理).{0,4}问题$", "content"),
        ("(?:整改|重点|工作|督办|目标|年度|主要|具体|改革|分解)(?:目标)?(?:任务|工作|举措)$"
         "|^任务$", "title"),
    )
)  # fmt: skip

_RESIDENT = re.compile(
    "诉求人|来电人|反映人|投诉人|信访人|当事人|群众信息|群众基本|举报人|联系人信息|来访人|上访人"
    "|个人信息|人员信息"
)
_RESIDENT_PARTS = (
    ("银行|车牌|户籍", "reporter_unneeded"),
    ("姓名|名字", "reporter_name"),
    ("电话|联系|手机|号码|微信|方式", "reporter_phone"),
    ("证", "reporter_id"),
    ("地址|住址|住所", "reporter_addr"),
)
_BESIDE_RESIDENTS = frozenset(
    {"content", "title", "number", "received_on", "county", "township", "reporter_other",
     "confidential"}
)  # fmt: skip
# A child that says nothing alone is read with its parent: 交办/时间, 牵头/单位.
_GENERIC = re.compile(
    "^(?:时间|日期|单位|部门|内容|情况|结果|编号|状态|类别|名称|姓名|电话|联系电话|联系方式|人员|要求"
    "|意见|时限|期限|方式|负责人|年月日)$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading as judged; a smaller rank fits better."""

    field: str | None
    rank: int = 10_000
    exact: bool = False


UNREAD = Heading(None)


def normalised(heading: str) -> str:
    """NFKC, no spaces, brackets, notes, marks or numbering; Latin in capitals."""
    text = unicodedata.normalize("NFKC", heading)
    text = _NUMBERED.sub("", text.strip())
    text = _NOTE.sub("", text) or text
    bare = _MARKS.sub("", without_brackets(text))
    if not bare:
        bare = _MARKS.sub("", text)
    return _FILL_NOTES.sub("", bare).upper() or bare.upper()


def _with_brackets(heading: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", heading)).upper()


@cache
def alone(heading: str) -> Heading:
    """A heading read by itself."""
    if not is_short(heading):
        return UNREAD
    plain = normalised(heading)
    for form in (_with_brackets(heading), plain, _without_latin(plain)):
        if form in _EXACT:
            field, rank = _EXACT[form]
            return Heading(field, rank, exact=True)
    return _containing(plain)


def is_short(text: str) -> bool:
    """Whether a text can be a heading: what stands in brackets explains and does not count."""
    return bool(text) and (len(text) <= LONGEST_HEADING or 0 < len(_bare(text)) <= LONGEST_HEADING)


def _bare(heading: str) -> str:
    return without_brackets(unicodedata.normalize("NFKC", heading)).strip()


def _without_latin(plain: str) -> str:
    """责任单位 DEPT → 责任单位, where anything is left."""
    return _LATIN.sub("", plain)


def _containing(plain: str) -> Heading:
    for pattern, guarded in _GUARDS:
        if pattern.search(plain):
            return Heading(guarded, 1000)
    for alias, field in _CONTAINED:
        if alias in plain:
            return Heading(field, 2000 - len(alias))
    return UNREAD


@cache
def joined(parents: tuple[str, ...], child: str) -> Heading:
    """A heading under merged parents: together, then the child alone, then with their help."""
    above = [parent for parent in parents if parent and parent != child]
    if not above:
        return alone(child)
    if not child:
        return alone(above[-1])
    if any(_RESIDENT.search(normalised(parent)) for parent in above):
        return _of_resident(child)
    whole = normalised("".join(above)) + normalised(child)
    if whole in _EXACT:
        field, rank = _EXACT[whole]
        return Heading(field, rank, exact=True)
    tick = _tick(child)
    if tick is not None:
        return tick
    turned = normalised(child) + normalised(above[-1])
    if _GENERIC.match(normalised(above[-1])) and turned in _EXACT:
        # 时间 over 交办, 应反馈: the parent says what kind of thing its children are.
        field, rank = _EXACT[turned]
        return Heading(field, rank, exact=True)
    by_itself = alone(child)
    if by_itself.exact and not _GENERIC.match(normalised(child)):
        return by_itself
    near = normalised(above[-1]) + normalised(child)
    if near in _EXACT:
        field, rank = _EXACT[near]
        return Heading(field, rank, exact=True)
    if _GENERIC.match(normalised(child)):
        return _containing(near) if _containing(near).field else by_itself
    return by_itself if by_itself.field is not None else _containing(near)


def _of_resident(child: str) -> Heading:
    plain = normalised(child)
    for pattern, field in _RESIDENT_PARTS:
        if re.search(pattern, plain):
            return Heading(field, 0, exact=True)
    found = alone(child)
    if found.field in _BESIDE_RESIDENTS:
        return found
    return Heading("reporter_unneeded", 0)


def _tick(child: str) -> Heading | None:
    """A column whose heading is a value: 已办结 | 正在办理 | 未办理, 满意 | 不满意."""
    child = normalised(child)
    level: Satisfaction | None = satisfaction_heading(child)
    if level is not None:
        return Heading(f"{SATISFACTION_TICK}{level.value}", 0, exact=True)
    status: LedgerStatus | None = status_heading(child)
    if status is not None:
        return Heading(f"{STATUS_TICK}{status.value}", 0, exact=True)
    return None


def tick_of(heading: str) -> Heading | None:
    """The value a one-level heading may stand for, where its neighbours are values too."""
    return _tick(heading) if len(heading) <= 12 else None
