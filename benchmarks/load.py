"""How the app answers many at once: sessions turn pages, a ledger is imported meanwhile.

    python -m benchmarks.load [--items 10000] [--sessions 20] [--seconds 60] [--rows 10000]
                              [--think 1.5] [--pages 总览 事项清单 …]

Serves the app as `duban serve` does, logs in so many sessions of a supervisor, and opens a real
websocket for each, as a browser does. Each asks for one page after the other and rests about
`--think` seconds between; half-way a ledger of `--rows` rows (0: none) is imported by
`duban ledger import` into the same store. All of it stays on this machine and ends by itself
after `--seconds`.

A rerun's time is from asking to the end of the script, in milliseconds. Processor time and memory
are the server's: time for each rerun of any page, memory added for each session.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.page_reads import AS_OF, filled
from benchmarks.stores import machine
from dashboard.pages import PAGES as ALL_PAGES
from data_access.accounts.sample_accounts import SAMPLE_PASSWORD
from supervision.rights import Right
from tests.serving import asked, served

PAGES = {
    page.title: "" if page.url_path == "overview" else page.url_path
    for page in ALL_PAGES
    if page.right is Right.VIEW_ITEMS and page.visibility == "visible"
}
PATIENCE = 60.0
HEAD = (
    "| items | sessions | page | while | reruns | median ms | p95 ms | errors"
    " | server CPU ms a rerun | server MB, first → last | MB a session |"
)


@dataclass
class Seen:
    """What all sessions together saw."""

    times: list[tuple[str, float, float]] = field(default_factory=list)
    """(page, when it was asked for, milliseconds)."""
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Load:
    """What is asked of the server."""

    items: int
    sessions: int
    seconds: float
    rows: int
    think: float
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Cost:
    """What a moment of the server has cost: processor seconds so far, megabytes now."""

    seconds: float
    megabytes: float


def _session(address: str, number: int, until: float, load: Load, seen: Seen) -> None:
    rng = random.Random(number)
    try:
        told = asked(address, "/login", {"login": "supervisor", "password": SAMPLE_PASSWORD})
        with connect(
            f"ws://{urlsplit(address).netloc}/_stcore/stream",
            origin=address,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": told.cookie},
            max_size=None,
        ) as socket:
            while time.monotonic() < until:
                page = rng.choice(load.pages)
                began = time.monotonic()
                _rerun(socket, PAGES[page])
                seen.times.append((page, began, (time.monotonic() - began) * 1000))
                time.sleep(rng.uniform(0.5, 1.5) * load.think)
    except Exception as error:  # whatever it is, it is counted
        seen.errors.append(f"{type(error).__name__}: {error}")


def _rerun(socket: ClientConnection, page: str) -> None:
    wanted = BackMsg()
    wanted.rerun_script.page_name = page
    socket.send(wanted.SerializeToString())
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        message = ForwardMsg()
        message.ParseFromString(bytes(socket.recv(timeout=PATIENCE)))  # type: ignore[arg-type]
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.HasField("exception"):
            raise RuntimeError(message.delta.new_element.exception.message)
        if kind == "script_finished":
            return
    raise TimeoutError(f"{page or '/'} did not end")


def _server_cost() -> Cost:
    """Of the one process that this one serves with."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for child in children:
        place = Path("/proc") / child
        if b"serve" in (place / "cmdline").read_bytes().split(b"\0"):
            pages = int((place / "statm").read_text().split()[1])
            times = (place / "stat").read_text().rpartition(")")[2].split()
            ticks = int(times[11]) + int(times[12])
            return Cost(
                ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
            )
    return Cost(0, 0)


def _import(path: Path, environment: dict[str, str]) -> tuple[float, float]:
    """When the import began and ended."""
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "dashboard.commands", "ledger", "import", str(path),
         "--as-of", AS_OF.isoformat()],
        env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return began, time.monotonic()


def measure(load: Load) -> str:
    """The lines of the table."""
    from sample_data.large import write_large

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        environment = {"DUBAN_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite3'}"}
        filled(environment["DUBAN_DATABASE_URL"], load.items).dispose()
        ledger = folder / "台账.xlsx"
        if load.rows:
            write_large(ledger, rows=load.rows, seed=7, residents=True)
        seen = Seen()
        with served(folder, "--as-of", AS_OF.isoformat(), **environment) as address:
            warm = Seen()
            _session(address, 0, time.monotonic() + 5, load, warm)
            first = _server_cost()
            until = time.monotonic() + load.seconds
            threads = [
                threading.Thread(target=_session, args=(address, n, until, load, seen))
                for n in range(load.sessions)
            ]
            for thread in threads:
                thread.start()
            time.sleep(load.seconds / 3)
            importing = _import(ledger, environment) if load.rows else (until, until)
            for thread in threads:
                thread.join()
            last = _server_cost()
    seen.errors += warm.errors
    for error in sorted(set(seen.errors)):
        sys.stderr.write(f"{error}\n")
    return "".join(_lines(seen, importing, load, first, last))


def _lines(
    seen: Seen, importing: tuple[float, float], load: Load, first: Cost, last: Cost
) -> list[str]:
    each = (last.seconds - first.seconds) * 1000 / max(len(seen.times), 1)
    added = (last.megabytes - first.megabytes) / load.sessions
    lines = []
    for page in (*load.pages, "all"):
        for told, during in (("nothing else", False), ("a ledger is imported", True)):
            times = sorted(
                spent
                for name, began, spent in seen.times
                if page in (name, "all") and (importing[0] <= began <= importing[1]) == during
            )
            if len(times) > 1:
                p95 = statistics.quantiles(times, n=20)[-1]
                lines.append(
                    f"| {load.items:,} | {load.sessions} | {page} | {told} | {len(times)}"
                    f" | {statistics.median(times):.0f} | {p95:.0f} | {len(seen.errors)}"
                    f" | {each:.0f} | {first.megabytes:.0f} → {last.megabytes:.0f}"
                    f" | {added:.1f} |\n"
                )
    return lines


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, default=10_000)
    wanted.add_argument("--sessions", type=int, default=20)
    wanted.add_argument("--seconds", type=float, default=60)
    wanted.add_argument("--rows", type=int, default=10_000)
    wanted.add_argument("--think", type=float, default=1.5)
    wanted.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES))
    told = vars(wanted.parse_args())
    load = Load(**{**told, "pages": tuple(told["pages"])})
    sys.stdout.write(
        f"{machine()}; {load.seconds:.0f} s, {load.think} s between\n\n{HEAD}\n{'|---' * 11}|\n"
    )
    sys.stdout.write(measure(load))


if __name__ == "__main__":
    main()
