"""What ledgers made to be large cost the server that opens and judges them.

    python -m benchmarks.hostile_ledgers [--rows 200000] [--only NAME …]

Each ledger is opened and judged in a process of its own. Processor seconds and memory are those of
the server's side: the growth of its largest resident set over what it was before the file came. The
reading child may take an hour by the clock here: how long it takes depends on who else is at work.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.stores import machine

AS_OF = date(2026, 11, 20)
MB = 1024 * 1024
HEADINGS = (
    "序号", "交办编号", "交办时间", "面对面专场", "县区", "镇街", "村", "诉求标题", "诉求内容",
    "事项类别", "责任单位", "协办单位", "办结时限", "反馈时间", "反馈情况", "办理状态", "满意度",
    "备注",
)  # fmt: skip
SIGNS = "一二三四五六七八九十道路灯水电学校医院桥树坑井河山田土地房屋车站口东西南北上下左右前后里外"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _linked(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def write_workbook(path: Path, rows: Iterator[str]) -> None:
    """A workbook of one sheet from rows that are XML already."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        package.writestr("[Content_Types].xml", _CONTENT_TYPES)
        package.writestr("_rels/.rels", _linked("officeDocument", "xl/workbook.xml"))
        package.writestr(
            "xl/_rels/workbook.xml.rels", _linked("worksheet", "worksheets/sheet1.xml")
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in rows:
                sheet.write(row.encode())
            sheet.write(b"</sheetData></worksheet>")


def _text(value: object) -> str:
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def _row(cells: list[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _header(columns: int = len(HEADINGS)) -> str:
    wide = [*HEADINGS, *(f"附加{n}" for n in range(columns - len(HEADINGS)))]
    return _row([_text(name) for name in wide[:columns]])


class Signs:
    """Texts of few different signs, so that much text makes a small file."""

    def __init__(self, signs: str) -> None:
        self._rng = random.Random(7)
        self._many = "".join(self._rng.choices(signs, k=4_000_000))

    def __call__(self, count: int) -> str:
        """So many signs, hardly ever the same twice."""
        begin = self._rng.randrange(len(self._many) - count)
        return self._many[begin : begin + count]


def faults(rows: int) -> Iterator[str]:
    """Nothing but errors of formulas and values that no field takes."""
    yield _header()
    bad = ['<c t="e"><v>#REF!</v></c>', _text("不详"), _text("13月45日")]
    for n in range(rows - 1):
        cells = [bad[(n + column) % 3] for column in range(len(HEADINGS))]
        # Something in it must differ, or it is taken for a bomb.
        cells[3] = cells[11] = _text(f"第{n * n}局")
        yield _row(cells)


def numbers(rows: int) -> Iterator[str]:
    """One true item; below it as many cells as are taken, each another number."""
    yield from _one_item()
    for n in range(rows - 3):
        yield _row([f"<c><v>{n}.{column}7</v></c>" for column in range(29)])


def headless(rows: int) -> Iterator[str]:
    """Each cell another text, no header."""
    signs = Signs(SIGNS)
    for _ in range(rows):
        yield _row([_text(signs(5)) for _ in range(18)])


def beside_one(rows: int) -> Iterator[str]:
    """The same with texts."""
    yield from _one_item()
    yield from headless(rows - 3)


def _one_item() -> Iterator[str]:
    yield from honest(2)
    yield _row([_text(name) for name in ("县区", "交办数", "办结数", "办结率", "满意率")])


def long_texts(rows: int) -> Iterator[str]:
    """Items with as much text as fits into the file, every one another."""
    yield from _described(rows, Signs("路灯桥坑"), min(240 * MB // 3 // rows - 120, 32_000), "。")


def phones(rows: int) -> Iterator[str]:
    """The same with phones, so that each text is kept masked and as it was."""
    yield from _described(
        rows, Signs("路灯桥坑"), min(240 * MB // 3 // rows - 120, 32_000), "电话13812345678"
    )


def rare_sign(rows: int) -> Iterator[str]:
    """Latin texts, each with one sign for which all its letters take four bytes."""
    yield from _described(rows, Signs("ab"), min(240 * MB // rows - 360, 32_000), "𠮷")


def _described(rows: int, signs: Signs, length: int, end: str) -> Iterator[str]:
    yield _header()
    for n in range(rows - 1):
        yield _row([
            "<c/>", _text(f"J{n}"), _text("2026-11-01"), "<c/>", _text("源城区"), "<c/>", "<c/>",
            _text("路灯"), _text(f"{signs(length)}{end}"),
        ])  # fmt: skip


def wide(rows: int) -> Iterator[str]:
    """Five hundred columns."""
    yield _header(500)
    for n in range(min(rows, 11_900)):
        yield _row([f"<c><v>{n}.{column}7</v></c>" for column in range(500)])


def honest(rows: int) -> Iterator[str]:
    """What an office sends: for comparison."""
    yield _header()
    signs = Signs(SIGNS)
    towns = ("上城街道", "东埔街道", "源南镇", "高埔岗街道")
    units = ("市住房城乡建设局", "市教育局", "市交通运输局", "市水务局")
    for n in range(rows - 1):
        yield _row([_text(value) for value in (
            n + 1, f"J2026{n:06}", "2026-09-01", "民生专场", "源城区", towns[n % 4], "",
            signs(14), f"{signs(60)}。", "市政", units[n % 4], units[n // 7 % 4],
            "2026-12-01", "2026-11-01", f"已办理{signs(20)}", "已办结", "满意", "",
        )])  # fmt: skip


KINDS: dict[str, Callable[[int], Iterator[str]]] = {
    made.__name__: made
    for made in (honest, faults, numbers, headless, beside_one, long_texts, phones, rare_sign, wide)
}


def _peak() -> float:
    """The largest resident set so far, in MB; its own process's, not what it was forked from."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def judged_once(path: Path) -> dict[str, object]:
    """Opening and judging in this process."""
    from data_access.ledger_import.limits import Limits
    from data_access.ledger_import.model import LedgerRefused
    from data_access.ledger_import.receive import judged_file, judged_workbook
    from data_access.ledger_import.workbook import open_ledger

    judged_file(
        "诉求内容,责任单位\n路灯不亮,市教育局\n".encode(), "a.csv", as_of=AS_OF, engine=None
    )
    before, begun = _peak(), time.process_time()
    told: dict[str, object] = {"opening": 0.0, "opened": 0.0, "ended": "items"}
    try:
        limits = Limits(child_wall_seconds=3600)
        workbook = open_ledger(path.read_bytes(), "台账.xlsx", limits=limits)
        told |= {"opening": time.process_time() - begun, "opened": _peak() - before}
        begun = time.process_time()
        ledger = judged_workbook(workbook, as_of=AS_OF, engine=None)
        told["ended"] = f"{len(ledger.rows):,} items, {len(ledger.flags):,} faults"
    except LedgerRefused as refusal:
        told["ended"] = f"refused: {str(refusal).partition('，')[0]}"
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told | {
        "judging": time.process_time() - begun,
        "growth": _peak() - before,
        "child seconds": child.ru_utime + child.ru_stime,
        "child": child.ru_maxrss / 1024,
    }


def _apart(path: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hostile_ledgers", "--judge", str(path)],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    told: dict[str, object] = json.loads(done.stdout)
    return told


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=200_000)
    asked.add_argument("--only", nargs="*", default=list(KINDS), choices=KINDS)
    asked.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.judge is not None:
        json.dump(judged_once(chosen.judge), sys.stdout)
        return
    sys.stdout.write(
        f"{machine()}\n\n| ledger | file MB | child s | child MB | opening s | opened MB |"
        " judging s | growth MB | ended by |\n" + "|---" * 9 + "|\n"
    )
    with tempfile.TemporaryDirectory() as place:
        for name in chosen.only:
            path = Path(place) / f"{name}.xlsx"
            write_workbook(path, KINDS[name](chosen.rows))
            told = _apart(path)
            size = path.stat().st_size / MB
            sys.stdout.write(
                f"| {name} | {size:.0f} | {told['child seconds']:.0f} | {told['child']:.0f} |"
                f" {told['opening']:.0f} | {told['opened']:.0f} | {told['judging']:.0f} |"
                f" {told['growth']:.0f} | {told['ended']} |\n"
            )
            sys.stdout.flush()
            path.unlink()


if __name__ == "__main__":
    main()
