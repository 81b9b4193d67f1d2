"""Many logins at once wait for each other, and for nobody else."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from threading import Thread

from data_access.database import open_engine
from supervision.scope import Role
from tests.looking import GOOD_PASSWORD, account
from tests.serving import asked, served

LOGINS = 80


def test_a_flood_of_logins_does_not_hold_up_who_is_logged_in(sqlite_template: Path, tmp_path: Path):
    shutil.copyfile(sqlite_template, tmp_path / "city.sqlite3")
    store = f"sqlite:///{tmp_path / 'city.sqlite3'}"
    engine = open_engine(store)
    account(engine, Role.SUPERVISOR)
    engine.dispose()
    answers: list[int] = []
    with served(tmp_path, "--no-sample", DUBAN_DATABASE_URL=store) as address:
        form = {"login": "someone", "password": GOOD_PASSWORD}
        own = {"Cookie": asked(address, "/login", form).cookie}

        def log_in(who: int) -> None:
            form = {"login": f"nobody{who}", "password": "Wrong-Password#1"}
            answers.append(asked(address, "/login", form).status)

        flood = [Thread(target=log_in, args=(who,)) for who in range(LOGINS)]
        began, slowest = time.monotonic(), 0.0
        for thread in flood:
            thread.start()
        while any(thread.is_alive() for thread in flood):
            asked_at = time.monotonic()
            assert asked(address, "/items", headers=own).status == 200
            slowest = max(slowest, time.monotonic() - asked_at)
        lasted = time.monotonic() - began
    assert answers == [200] * LOGINS
    assert slowest < lasted / 2, f"{slowest:.1f} s of {lasted:.1f} s"
