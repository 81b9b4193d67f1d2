"""Residents' personal data: found in any text, masked before anything is kept or said.

Names, phones and ID numbers never land in the sixteen fields, a log or a message
(ledger-contract); raw rows keep them masked only (张*, 138****1234, 441***********1234).
"""

from __future__ import annotations

import re
from datetime import date

from data_access.ledger_import.own_home import is_home, without_home

SHORTEST = 4
"""No text shorter than this holds a number or a name with the word that proves it."""

# Full-width digits count as digits; the table keeps every position where it was.
_ASCII = str.maketrans("０１２３４５６７８９Ｘｘ－＋", "0123456789Xx-+")
_ANY_LONG_NUMBER = re.compile(r"\d[\d \-()]{5,}[\dXx]|@")

_ID18 = re.compile(
    r"(?<!\d)[1-9]\d{5}[ \-]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"[ \-]?\d{3}[\dXx](?![\dA-Za-z])"
)
_ID15 = re.compile(
    r"(?<=证)\D{0,6}([1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)"
)
# Before 1999 an ID had 15 digits: a province, and a birth in 1930 to 1999 that no order number
# of these years has in its place.
_BARE_ID15 = re.compile(
    r"(?<![\dA-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}"
    r"[3-9]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z])"
)
_PAPER = re.compile(
    r"((?:护照|通行证|回乡证|军官证|居留证|居住证|驾驶证|社保卡|医保卡)(?:号码?|编号)?[:：为是\s]{0,3})"
    r"([A-Za-z]{0,3}\d{6,18}[A-Za-z]?)(?![\dA-Za-z])"
)
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[\s\-]?)?(1[3-9]\d)[\s\-]?(\d{4})[\s\-]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[\s\-]{0,2}([2-9]\d{6,7})(?:[\-转]\d{1,5})?(?!\d)")
_BARE_LANDLINE = re.compile(
    r"(?:电话|座机|固话|致电|拨打|热线|[Tt][Ee][Ll])\D{0,4}?(?<!\d)([2-9]\d{6,7})(?!\d)"
)
_CARD = re.compile(r"(?<!\d)[3-6]\d{3}(?:[ \-]?\d{4}){2,3}(?:[ \-]?\d{1,4})?(?!\d)")
_ACCOUNT = re.compile(r"(?:卡号|账号|帐号|账户|帐户)\D{0,4}(\d{12,21})(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"[·•.\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警](?![A-Za-z0-9])"
)
# Bounded as addresses are: an open end cost seconds on one long cell.
_MAIL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9][\w.+\-]{0,63}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}", re.ASCII
)
_WECHAT = re.compile(r"(微信号?|QQ号?|qq号?)([:：为是]{1,2}\s*)([A-Za-z0-9_\-]{5,20})", re.ASCII)
_QQ = re.compile(r"((?:QQ|qq)[号群]?\s*)(\d{5,12})(?!\d)")

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛"
    "奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐"
    "康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜"
    "阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪"
    "解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封芮储靳汲邴糜松井段富巫乌焦"
    "巴弓牧车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀温庄晏"
    "柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关荆游"
    "丘佘肖涂"
)
# Surnames that are also everyday words begin no name unless a phone or a label proves it.
_EVERYDAY = frozenset(
    "于时和方平安常乐成计应从经向都连通关高全强路解明居能边满广国文东利师双单卫万支管"
    "左充容步白古易花许任何游党元强房包石段车金麻封富终项"
)
_PLAIN_SURNAMES = "".join(sorted(set(_SURNAMES) - _EVERYDAY))
_COMPOUND = "欧阳|司徒|上官|诸葛|司马|皇甫|尉迟|端木"
_NOT_IN_NAME = (
    "先生|女士|小姐|大姐|阿姨|大爷|师傅|老师|反映|来电|投诉|表示|咨询|举报|电话|手机"
    "|[某等们的在是有说称为向对被将把]"
)
_FULL_NAME = rf"(?:{_COMPOUND}|[{_SURNAMES}])(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fa5]){{1,2}}"
_SURE_NAME = rf"(?:{_COMPOUND}|[{_PLAIN_SURNAMES}])(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fa5]){{1,2}}"
_LABEL = (
    "姓名|诉求人|反映人|来电人|投诉人|信访人|举报人|联系人|当事人|申请人|上访人|来访人|求助人"
    "|报料人|爆料人|留言人|咨询人|提问人|报修人|写信人"
)
_ROLE = "市民|村民|居民|群众|业主|家长|住户|租户|网民|网友|商户|职工|员工|患者|学生|老人|户主"
_LABELLED_NAME = re.compile(rf"((?:{_LABEL})(?:姓名)?\s*[:：为是]\s*)({_FULL_NAME})")
_NAME_BEFORE_PHONE = re.compile(
    rf"(?:(?<![\u4e00-\u9fa5])|(?<=[人找系访]))({_FULL_NAME})(?=\s*[（(,，、:：]?\s*(?:联系)?(?:电话|手机|号码)?"
    r"\s*[:：]?\s*(?:1[3-9]\d\*|0\d{2,3}-\*|\d{6}\*|\d{3}\*))"
)
_ROLE_NAME = re.compile(
    rf"((?:{_LABEL}|{_ROLE}))({_SURE_NAME})"
    r"(?=反映|来电|来访|来信|投诉|举报|诉称|咨询|求助|称[,，:：]|表示|提出|建议|[（(,，、:：]?\s*"
    r"(?:联系)?(?:电话|手机|身份证|住|家住|男|女|1[3-9]\d\*|\d{3}\*))"
)
# 联系人钟丽君。 and 回访钟丽君，满意: what follows says that the name ends here.
_ENDING_NAME = re.compile(rf"((?:{_LABEL}))({_SURE_NAME})(?=[，,。；;、)）\s]|$)")
_CALLED_NAME = re.compile(
    rf"(回访了?)({_SURE_NAME})(?=[，,]?\s*(?:本人|表示|称|反馈|认可|对|基本满意|非常满意|满意|不满意|未接))"
)
_ROLE_WORD = re.compile(rf"{_LABEL}|{_ROLE}|回访")
# One quick look: most texts hold nothing that could be personal.
_TRIGGER = re.compile(
    r"\d[\d \-()]{5,}[\dXx]|[@０-９]|微信|[Qq]Q|qq|[A-HJ-NP-Z][·•.\s]?[A-Z0-9]{5}|"
    + f"{_LABEL}|{_ROLE}|回访"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def masked_name(name: str) -> str:
    """张三丰 → 张**: the surname stays so that a clerk can recognise the case."""
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*"


def masked_number(digits: str) -> str:
    """A phone keeps 3 and 4 digits, an ID or card 3 and 4, shorter numbers their ends."""
    keep = 3 if len(digits) >= 9 else 1
    tail = 4 if len(digits) >= 9 else 2
    hidden = len(digits) - keep - tail
    return digits[:keep] + "*" * hidden + digits[-tail:] if hidden > 0 else "*" * len(digits)


def has_id_checksum(number: str) -> bool:
    """GB 11643: the last character of an 18-digit ID follows from the first seventeen."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def passes_luhn(number: str) -> bool:
    """The check digit of bank cards."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _masked_digits(match: re.Match[str]) -> str:
    return masked_number(re.sub(r"[ \-\s]", "", match[0]))


def _masked_mobile(match: re.Match[str]) -> str:
    return f"{match[1]}****{match[3]}"


def _masked_landline(match: re.Match[str]) -> str:
    return f"{match[1]}-{'*' * (len(match[2]) - 2)}{match[2][-2:]}"


def _masked_card(match: re.Match[str]) -> str:
    digits = re.sub(r"[ \-]", "", match[0])
    if not 15 <= len(digits) <= 19 or not passes_luhn(digits):
        return match[0]
    return masked_number(digits)


def _masked_group(match: re.Match[str]) -> str:
    whole, part = match[0], match[1]
    return whole.replace(part, masked_number(part))


def _without_numbers(text: str) -> str:
    """IDs before phones and cards: a longer number must not be cut by a shorter pattern."""
    text = _ID18.sub(_masked_digits, text)
    text = _ID15.sub(_masked_group, text)
    text = _BARE_ID15.sub(_masked_digits, text)
    text = _PAPER.sub(lambda m: m[1] + masked_number(m[2]), text)
    text = _MOBILE.sub(_masked_mobile, text)
    text = _LANDLINE.sub(_masked_landline, text)
    text = _BARE_LANDLINE.sub(_masked_group, text)
    text = _ACCOUNT.sub(_masked_group, text)
    text = _CARD.sub(_masked_card, text)
    return _MAIL.sub("***@***", text) if "@" in text else text


def masked(text: str) -> str:
    """The text with phones, IDs, cards, plates, addresses of mail and sure names masked."""
    if len(text) < SHORTEST or not _TRIGGER.search(text):
        return text
    plain = text if text.isascii() or not _FULL_WIDTH.search(text) else text.translate(_ASCII)
    found = plain
    if _ANY_LONG_NUMBER.search(plain):
        found = _without_numbers(plain)
    if "微信" in plain or "QQ" in plain or "qq" in plain:
        found = _WECHAT.sub(lambda m: m[1] + m[2] + masked_number(m[3]), found)
        found = _QQ.sub(lambda m: m[1] + masked_number(m[2]), found)
    if _PLATE.search(found):
        found = _PLATE.sub(lambda m: m[0][:2] + "*" * (len(m[0]) - 2), found)
    named = _without_names(found)
    return text if named == plain else named


def _without_names(text: str) -> str:
    if "*" in text:
        text = _NAME_BEFORE_PHONE.sub(lambda m: masked_name(m[1]), text)
    if _ROLE_WORD.search(text):
        text = _LABELLED_NAME.sub(lambda m: m[1] + masked_name(m[2]), text)
        text = _ROLE_NAME.sub(lambda m: m[1] + masked_name(m[2]), text)
        text = _ENDING_NAME.sub(lambda m: m[1] + masked_name(m[2]), text)
        text = _CALLED_NAME.sub(lambda m: m[1] + masked_name(m[2]), text)
    return text


_FULL_WIDTH = re.compile("[０-９]")


def masked_cell(field: str | None, text: str) -> str:
    """A raw cell of a personal column, masked by what it holds."""
    if field == "reporter_name":
        return masked_name(masked(text)) if len(text) <= 6 else "*" * 3
    if field in ("reporter_phone", "reporter_id"):
        if text.isdigit():
            return masked_number(text)
        found = masked(text)
        if found != text:
            return found
        digits = re.sub(r"\D", "", text)
        return masked_number(text) if len(digits) >= 5 or text.isascii() else "***"
    return "***"


def looks_like_person(text: str) -> bool:
    """Two to four characters that begin with a surname."""
    return 2 <= len(text) <= 4 and re.fullmatch(_FULL_NAME, text) is not None


def without_reporter(text: str, names: tuple[str, ...]) -> str:
    """The row's own reporter (names, phones, home), wherever the other cells give them."""
    for name in names:
        if name in text:
            if is_home(name):
                text = without_home(text, name)
                continue
            hidden = masked_number(name) if name[0].isdigit() else masked_name(name)
            text = text.replace(name, hidden)
    return text


def hide_reporter(cells: dict[str, str], names: tuple[str, ...]) -> bool:
    """The same for a whole row by column letter, in place; whether there was anything to hide."""
    if not names:
        return False
    whole = "\n".join(cells.values())
    if not any(name in whole for name in names):
        return False
    for letter, text in cells.items():
        cells[letter] = without_reporter(text, names)
    return True
