"""The words of `duban geo` and `duban city`: what makes the program a city's own.

What they do is imported when it is asked for: no other command waits for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.map_making.gcj02 import CRS

if TYPE_CHECKING:
    from sqlalchemy import Engine


def add_geo(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
) -> None:
    """Add it to the parser of `duban`."""
    geo = commands.add_parser("geo", help="镇街地图").add_subparsers(required=True)
    build = geo.add_parser(
        "build", parents=[common], help="检查本市的镇（街）边界或驻地文件，供地图使用"
    )
    build.add_argument("file", type=Path, metavar="文件", help="GeoJSON，属性 code 为 9 位代码")
    build.add_argument("folder", type=Path, metavar="目录", help="之后设为 DUBAN_MAP_FOLDER")
    build.add_argument("--crs", required=True, metavar="坐标系", help="、".join(CRS))
    build.add_argument(
        "--towns", type=Path, metavar="名册",
        help="本市的镇（街）名册 CSV：code、name、reporting_unit；给了就另排蜂窝图和分区示意图",
    )  # fmt: skip
    build.add_argument(
        "--review-number", metavar="审图号", help="边界所据地图的审图号，例如 GS(2024)0650号"
    )
    build.set_defaults(run=_geo_build)


def _geo_build(asked: argparse.Namespace) -> int:
    from dashboard.geo_commands import geo_build

    return geo_build(asked)


def add_city(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    store: Callable[[], Engine],
) -> None:
    """Add it to the parser of `duban`; `store` gives the store as it is, not made ready."""
    city = commands.add_parser("city", help="换一个市").add_subparsers(required=True)
    begin = city.add_parser("begin", parents=[common], help="用本市的名册建立新库")
    begin.add_argument(
        "folder", type=Path, metavar="目录",
        help="里面有 divisions.csv、departments.json，可有 villages.csv",
    )  # fmt: skip

    def run(asked: argparse.Namespace) -> int:
        from dashboard.city_commands import begin_with

        return begin_with(store, asked.folder)

    begin.set_defaults(run=run)
