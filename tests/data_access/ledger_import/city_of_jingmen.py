"""A small register of a city in another province: districts, county-level cities, two zones.

The names of city and counties are real, so that ledgers can be written as they are written there;
townships, villages and departments are a made-up choice.
"""

from __future__ import annotations

import json
from pathlib import Path

from data_access.registers import Registers, registers_in

_TOWNS = (
    ("420802001", "龙泉街道", "东宝区", "东宝区"),
    ("420802100", "栗溪镇", "东宝区", "东宝区"),
    ("420804001", "白庙街道", "掇刀区", "掇刀区"),
    ("420804100", "团林铺镇", "掇刀区", "荆门高新区"),
    ("420822100", "沙洋镇", "沙洋县", "沙洋县"),
    ("420822101", "五里铺镇", "沙洋县", "沙洋县"),
    ("420881001", "郢中街道", "钟祥市", "钟祥市"),
    ("420881104", "胡集镇", "钟祥市", "钟祥市"),
    ("420881204", "九里回族乡", "钟祥市", "钟祥市"),
    ("420882001", "新市街道", "京山市", "京山市"),
    ("420882400", "长滩街道", "京山市", "屈家岭管理区"),
)
_VILLAGES = (
    ("420881104201", "湖北省荆门市钟祥市胡集镇丽阳村民委员会", "420881104"),
    ("420881104202", "桥垱村村民委员会", "420881104"),
    ("420802001001", "东宝区龙泉街道北门社区居民委员会", "420802001"),
)
COUNTIES = ("东宝区", "掇刀区", "沙洋县", "钟祥市", "京山市", "荆门高新区", "屈家岭管理区")
_BUREAUS = {
    "荆门市住房和城乡建设局": ["市住建局"],
    "荆门市教育局": [],
    "市水利和湖泊局": ["市水务局"],
    "市委办公室": [],
    "市公安局交警支队": ["市交警支队"],
}


def written(folder: Path) -> Registers:
    """The register as files in a folder, read as `duban city begin` reads them."""
    lines = ["code,name,county,reporting_unit,aliases", *(",".join((*t, "")) for t in _TOWNS)]
    (folder / "divisions.csv").write_text("\n".join(lines), "utf-8")
    lines = ["code,name,township_code", *map(",".join, _VILLAGES)]
    (folder / "villages.csv").write_text("\n".join(lines), "utf-8")
    local = [
        (f"{name}管理委员会", "functional_zone") if name in COUNTIES[5:]
        else (f"{name}人民政府", "county")
        for name in COUNTIES
    ]  # fmt: skip
    told = {
        "city": "荆门市",
        "counties": COUNTIES,
        "departments": [
            *({"name": name, "group": group, "aliases": []} for name, group in local),
            *({"name": name, "group": "city_department", "aliases": aliases}
              for name, aliases in _BUREAUS.items()),
        ],
    }  # fmt: skip
    (folder / "departments.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return registers_in(folder)
