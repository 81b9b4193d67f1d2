"""The store's files are for the server's user alone, its log and memory map as well."""

import stat

import pytest

from data_access.database import open_engine, recording
from data_access.store import prepare


def test_a_new_store_and_its_log_are_read_by_their_owner_alone(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'store.sqlite3'}")
    prepare(engine)
    with recording(engine):
        files = sorted((tmp_path / "new").iterdir())
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
    engine.dispose()
    assert modes == {f"store.sqlite3{end}": 0o600 for end in ("", "-shm", "-wal")}


def test_the_mode_of_a_store_that_is_there_is_its_operators(tmp_path):
    store = tmp_path / "store.sqlite3"
    store.touch(mode=0o640)
    store.chmod(0o640)
    open_engine(f"sqlite:///{store}").dispose()
    assert stat.S_IMODE(store.stat().st_mode) == 0o640


def test_a_store_that_cannot_be_made_is_told_by_the_database(tmp_path):
    (tmp_path / "folder.sqlite3").mkdir()
    engine = open_engine(f"sqlite:///{tmp_path / 'folder.sqlite3'}")
    with pytest.raises(Exception, match="unable to open database file"), engine.connect():
        pass
