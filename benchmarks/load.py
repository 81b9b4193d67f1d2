"""How the app answers many at once: sessions read 总览 and 事项清单, a ledger is imported.

    python -m benchmarks.load [--items 10000] [--sessions 20] [--seconds 60] [--rows 10000]

Serves the app as `duban serve` does, logs in so many sessions of a supervisor, and opens a real
websocket for each, as a browser does. Each asks for one page after the other and rests a second
or two between; half-way a ledger of `--rows` rows is imported by `duban ledger import` into the
same store. All of it stays on this machine and ends by itself after `--seconds`.

A rerun's time is from asking to the end of the script, in milliseconds; memory is the server's.
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
from data_access.accounts.sample_accounts import SAMPLE_PASSWORD
from tests.serving import asked, served

PAGES = {"总览": "", "事项清单": "items"}
PATIENCE = 60.0
HEAD = (
    "| items | sessions | page | while | reruns | median ms | p95 ms | errors"
    " | server MB, first → last |"
)


@dataclass
class Seen:
    """What all sessions together saw."""

    times: list[tuple[str, float, float]] = field(default_factory=list)
    """(page, when it was asked for, milliseconds)."""
    errors: list[str] = field(default_factory=list)


def _session(address: str, number: int, until: float, seen: Seen) -> None:
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
                page = rng.choice(list(PAGES))
                began = time.monotonic()
                _rerun(socket, PAGES[page])
                seen.times.append((page, began, (time.monotonic() - began) * 1000))
                time.sleep(rng.uniform(1, 2))
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


def _server_memory() -> float:
    """Megabytes of the one process that this one serves with."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for child in children:
        if b"serve" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
    return 0.0


def _import(path: Path, environment: dict[str, str]) -> tuple[float, float]:
    """When the import began and ended."""
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "dashboard.commands", "ledger", "import", str(path),
         "--as-of", AS_OF.isoformat()],
        env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return began, time.monotonic()


def measure(items: int, sessions: int, seconds: float, rows: int) -> str:
    """The lines of the table."""
    from sample_data.large import write_large

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        environment = {"DUBAN_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite3'}"}
        filled(environment["DUBAN_DATABASE_URL"], items).dispose()
        ledger = write_large(folder / "台账.xlsx", rows=rows, seed=7, residents=True)
        seen = Seen()
        with served(folder, "--as-of", AS_OF.isoformat(), **environment) as address:
            warm = Seen()
            _session(address, 0, time.monotonic() + 3, warm)
            first = _server_memory()
            until = time.monotonic() + seconds
            threads = [
                threading.Thread(target=_session, args=(address, n, until, seen))
                for n in range(sessions)
            ]
            for thread in threads:
                thread.start()
            time.sleep(seconds / 3)
            importing = _import(ledger, environment)
            for thread in threads:
                thread.join()
            last = _server_memory()
    seen.errors += warm.errors
    for error in sorted(set(seen.errors)):
        sys.stderr.write(f"{error}\n")
    return "".join(_lines(seen, importing, f"{items:,} | {sessions}", (first, last)))


def _lines(
    seen: Seen, importing: tuple[float, float], whose: str, memory: tuple[float, float]
) -> list[str]:
    lines = []
    for page in PAGES:
        for told, during in (("nothing else", False), ("a ledger is imported", True)):
            times = sorted(
                spent
                for name, began, spent in seen.times
                if name == page and (importing[0] <= began <= importing[1]) == during
            )
            if len(times) > 1:
                p95 = statistics.quantiles(times, n=20)[-1]
                lines.append(
                    f"| {whose} | {page} | {told} | {len(times)} | {statistics.median(times):.0f}"
                    f" | {p95:.0f} | {len(seen.errors)} | {memory[0]:.0f} → {memory[1]:.0f} |\n"
                )
    return lines


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--items", type=int, default=10_000)
    wanted.add_argument("--sessions", type=int, default=20)
    wanted.add_argument("--seconds", type=float, default=60)
    wanted.add_argument("--rows", type=int, default=10_000)
    told = wanted.parse_args()
    sys.stdout.write(f"{machine()}; {told.seconds:.0f} s\n\n{HEAD}\n{'|---' * 9}|\n")
    sys.stdout.write(measure(told.items, told.sessions, told.seconds, told.rows))


if __name__ == "__main__":
    main()
