"""What the city and its province are called, and how ledgers write them before other names.

Taken from the register of places: the city's own name, and the province that its codes begin with
(GB/T 2260). Built once for a city, never for a row.
"""

from __future__ import annotations

import re
from functools import lru_cache

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
    "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
    "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区", "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
"""Name of the province by the two digits that its places' codes begin with."""
_PROVINCE_TAIL = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_PEOPLES = (
    "土家族|苗族|藏族|羌族|彝族|回族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|朝鲜族|蒙古族|蒙古"
    "|哈萨克|布依族|侗族|柯尔克孜"
)
_CITY_TAIL = re.compile(rf"(?:(?:{_PEOPLES})*自治州|市|地区|盟)$")
_WIDE = "本级|直单位|直部门|直|级|属"
"""What stands behind 市 where a text means the city as a whole."""


class CityNames:
    """One city's names as ledgers write them: 湖北省荆门市, 湖北荆门, 荆门, 荆门市直."""

    def __init__(self, city: str, province: str) -> None:
        self.city, self.province = city, province
        self.stem = _CITY_TAIL.sub("", city) or city
        """荆门 of 荆门市, 恩施 of 恩施土家族苗族自治州."""
        self.level = "州" if city.endswith("州") and self.stem != city else "市"
        """What stands before the name of a department of the city: 市教育局, 州教育局."""
        self.forms = tuple(dict.fromkeys(filter(None, (city, f"{self.stem}{self.level}"))))
        """The city in full, the longest first."""
        short_province = _PROVINCE_TAIL.sub("", province)
        provinces = "|".join(map(re.escape, dict.fromkeys((province, short_province)))) or "(?!)"
        cities = "|".join(map(re.escape, self.forms)) or "(?!)"
        self._above = re.compile(rf"^(?:{provinces})?(?:(?:{cities})(?!(?:{_WIDE})))?")
        self._seats = re.compile(rf"^(?:中共|{provinces})+")
        stem, level = re.escape(self.stem), self.level
        self._wide = re.compile(
            rf"^(?:全|本)?{level}$|^(?:{stem})?{level}(?:{_WIDE}|本级\({level}直\)|本级{level}直|区)$"
            rf"|^(?:{provinces})?(?:{cities}|{stem})$|^(?:中心城区|无)$"
        )
        self._wide_ahead = re.compile(rf"^(?:全{level}|(?:{stem})?{level}(?:本级|直|级))")

    def without_city(self, plain: str) -> str:
        """湖北省荆门市东宝区 → 东宝区."""
        return self._above.sub("", plain) or plain

    def without_seat(self, plain: str) -> str:
        """中共湖北省荆门市委办公室 → 荆门市委办公室."""
        return self._seats.sub("", plain)

    def means_the_city(self, plain: str) -> bool:
        """市直, 荆门市本级, 全市: no county is meant."""
        return self._wide.match(plain) is not None

    def begins_with_the_city(self, plain: str) -> bool:
        """市直部门承办, 全市性问题: what a section's title may begin with."""
        return self._wide_ahead.match(plain) is not None

    def without_stem(self, local: str) -> str:
        """荆门高新区 → 高新区; 承德县 of 承德市 keeps its name."""
        for form in (*self.forms, self.stem):
            rest = local.removeprefix(form)
            if form and rest != local and rest[:1] not in ("", "县", "区", "市", "州"):
                return rest
        return local

    def of_its_level(self, department: str) -> str:
        """荆门市教育局 → 市教育局."""
        for form in self.forms:
            rest = department.removeprefix(form)
            if rest and rest != department:
                return f"{self.level}{rest}"
        return department

    def says_its_level(self, department: str) -> bool:
        """Whether a department's name says that it is the city's: 市教育局, 荆门教育局."""
        if department.startswith(self.level):
            return True
        rest = department.removeprefix(self.stem)
        return rest != department and rest[:1] not in ("县", "区")

    def parted(self, text: str, mark: str) -> str:
        """The text with a mark in place of the city's name."""
        for form in self.forms:
            text = text.replace(form, mark)
        return text


@lru_cache(maxsize=16)
def city_names(city: str, code: str) -> CityNames:
    """`code`: of any place of the city."""
    return CityNames(city, PROVINCES.get(code[:2], ""))
