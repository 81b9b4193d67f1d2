"""`duban city begin`: a new store with the registers of a city other than the shipped one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from dashboard.map_making.city_files import arranged_files
from dashboard.map_making.city_towns import BordersRefused, CityTown, read_towns
from dashboard.terminal import ACCEPTED, REJECTED, complain, say
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.ledger_import.department_names import NameBook
from data_access.register_store import COUNTY_CODE_DIGITS
from data_access.registers import Registers, registers_in
from data_access.store import AlreadyBegun, begin_city
from data_access.writes.city_maps import MapWanted, enable_map
from supervision.city_maps import MapKind
from supervision.registers import RegisterRefused, refuse_name

_LONGEST_NAME = 40


class CityRefused(ValueError):
    """The files cannot be used; the text is a Chinese sentence."""


def begin_with(store: Callable[[], Engine], folder: Path) -> int:
    """Check the files and fill a new store from them; one that has registers is left alone."""
    try:
        registers = checked_registers(folder)
        engine = store()
        begin_city(engine, registers)
        _arrange(engine, registers)
    except (CityRefused, BordersRefused, RegisterRefused) as refusal:
        complain(str(refusal))
        return REJECTED
    except AlreadyBegun:
        complain("库里已经有名册：只能在新库上开始。以后的变动请在“单位登记册”“区划与字典”里登记。")
        return REJECTED
    counts = (
        (registers.counties, "县（区）"), (registers.townships, "镇（街）"),
        (registers.villages, "村（社区）"), (registers.departments, "单位"),
    )  # fmt: skip
    told = "，".join(f"{len(rows)} 个{word}" for rows, word in counts)
    say(f"{registers.city}：{told}，已写入新库。")
    if alone := _without_government(registers):
        say(f"提醒：{'、'.join(alone)}没有同名的县（区）政府或管委会，台账里写它们作责任单位会认不出，"
            "请登录后在“单位登记册”补登。")  # fmt: skip
    return ACCEPTED


def _arrange(engine: Engine, registers: Registers) -> None:
    """A first honeycomb, so that the pages show the city's own townships and no others."""
    towns = tuple(
        CityTown(town.code, town.name, town.reporting_unit) for town in registers.townships
    )
    files = arranged_files(towns)
    wanted = MapWanted(
        MapKind.MAP,
        file_name="按区划登记排布",
        sha256=hashlib.sha256("".join(files.values()).encode()).hexdigest(),
        content=files,
        codes=frozenset(town.code for town in towns),
    )
    enable_map(engine, wanted, viewer=LOCAL)


def checked_registers(folder: Path) -> Registers:
    """The registers of these files, where they fit together."""
    try:
        towns = read_towns((folder / "divisions.csv").read_bytes())
        registers = registers_in(folder)
    except OSError:
        raise CityRefused("目录里读不到 divisions.csv 或 departments.json。") from None
    except BordersRefused:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CityRefused(
            "departments.json 或 villages.csv 的写法不对：请照随程序提供的同名文件填写。"
        ) from None
    unknown = sorted({town.unit for town in towns} - set(registers.counties))
    if unknown:
        raise CityRefused(f"divisions.csv 的考核单位不在 counties 里：{'、'.join(unknown[:5])}。")
    _refuse_mixed_counties(registers)
    named = [registers.city, *registers.counties, *(one.name for one in registers.departments)]
    for name in named:
        refuse_name(name, longest=_LONGEST_NAME, word=f"departments.json 里“{name[:20]}”这个名称")
    doubled = sorted({name for name in named if named.count(name) > 1})
    if doubled:
        raise CityRefused(f"departments.json 里名称重复：{'、'.join(doubled[:5])}。")
    return registers


def _refuse_mixed_counties(registers: Registers) -> None:
    """A statutory county has six digits of its own; a zone that has none is no county."""
    county_of: dict[str, str] = {}
    for town in registers.townships:
        digits = town.code[:COUNTY_CODE_DIGITS]
        other = county_of.setdefault(digits, town.county)
        if other != town.county:
            raise CityRefused(
                f"divisions.csv 里代码 {digits} 开头的镇（街）有的写{other}、有的写{town.county}："
                "county 一栏写法定县（区），功能区只写在 reporting_unit 一栏。"
            )
    for county in set(county_of.values()):
        codes = sorted(digits for digits, name in county_of.items() if name == county)
        if len(codes) > 1:
            raise CityRefused(
                f"divisions.csv 里{county}的镇（街）有几种代码（{'、'.join(codes)} 开头），请核对。"
            )


def _without_government(registers: Registers) -> list[str]:
    """Units under whose name no department answers."""
    book = NameBook(registers, on=clock.today())
    return [unit for unit in registers.counties if book.exact(unit) is None]
