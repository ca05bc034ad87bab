"""The outbox in a backup, which its worker writes to meanwhile."""

import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent import outbox_rows
from embedded.backup.restore import restore
from embedded.backup.save import save

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
ATTEMPT = "0b0f4d8e-6d0e-4a57-9b55-1f3f8f7f5a10"
LIMIT_SEC = 30
BACKUPS = 4
TURNS_BEFORE = 40
TURNS_MEANWHILE = 1000


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "supabase").mkdir(parents=True)
    (folder / "outbox").mkdir()
    return folder


class Worker:
    """Puts turns that are longer than a page, from its own connection, which empties its log all the time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.committed = 0
        """Turns with the seqs from 0 up to this are on disk."""
        self._allowed = 0
        self._stopped = False
        self._news = threading.Condition()

    def run(self) -> None:
        with closing(outbox_rows.connect(self._folder)) as connection:
            outbox_rows.prepare(connection)
            connection.execute("pragma synchronous=off")
            connection.execute("pragma wal_autocheckpoint=20")
            while self._has_more():
                payload = f'{{"seq": {self.committed}, "text": "{"word " * 1000}"}}'
                outbox_rows.insert(connection, ATTEMPT, "turn", payload)
                with self._news:
                    self.committed += 1
                    self._news.notify_all()

    def _has_more(self) -> bool:
        with self._news:
            self._news.wait_for(lambda: self._stopped or self.committed < self._allowed)
            return not self._stopped

    def go_on(self) -> None:
        """Returns when some turns more are on disk, and others are being written."""
        with self._news:
            enough = self.committed + TURNS_BEFORE
            self._allowed = enough + TURNS_MEANWHILE
            self._news.notify_all()
            assert self._news.wait_for(lambda: self.committed >= enough, LIMIT_SEC)

    def stop(self) -> None:
        with self._news:
            self._stopped = True
            self._news.notify_all()


@contextmanager
def writing(folder: Path) -> Generator[Worker]:
    worker = Worker(folder)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join()


def restored(archive: Path, into: Path) -> list[int]:
    """The seqs in its outbox, which must be whole."""
    restore(into, archive, NOW)
    with closing(sqlite3.connect(into / "outbox" / "outbox.sqlite3")) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return sorted(item.seq for item in outbox_rows.select(connection, ATTEMPT))


def test_a_backup_in_the_middle_of_writes_is_whole_and_has_what_was_there_before(
    data_dir: Path, tmp_path: Path
) -> None:
    with writing(data_dir / "outbox") as worker:
        for n in range(BACKUPS):
            worker.go_on()
            before = worker.committed
            save(data_dir, tmp_path / f"{n}.tar.gz", NOW)
            seqs = restored(tmp_path / f"{n}.tar.gz", tmp_path / f"restored-{n}")
            assert len(seqs) >= before
            assert seqs == list(range(len(seqs)))


def test_turns_that_are_only_in_the_outboxs_log_are_saved_without_the_log(data_dir: Path, tmp_path: Path) -> None:
    with closing(outbox_rows.connect(data_dir / "outbox")) as connection:
        outbox_rows.prepare(connection)
        connection.execute("pragma wal_autocheckpoint=0")
        outbox_rows.insert(connection, ATTEMPT, "turn", '{"seq": 0}')
        assert (data_dir / "outbox" / "outbox.sqlite3-wal").stat().st_size > 0
        manifest = save(data_dir, tmp_path / "backup.tar.gz", NOW)
    assert [name for name in manifest.files if name.startswith("outbox/")] == ["outbox/outbox.sqlite3"]
    assert restored(tmp_path / "backup.tar.gz", tmp_path / "restored") == [0]


def test_an_outbox_that_is_no_database_any_more_keeps_nothing_else_from_being_saved(
    data_dir: Path, tmp_path: Path
) -> None:
    (data_dir / "outbox" / "outbox.sqlite3").write_text("spoilt " * 1000)
    (data_dir / "keys.json").write_text("{}")
    save(data_dir, tmp_path / "backup.tar.gz", NOW)
    restore(tmp_path / "restored", tmp_path / "backup.tar.gz", NOW)
    assert (tmp_path / "restored" / "keys.json").read_text() == "{}"
    assert (tmp_path / "restored" / "outbox" / "outbox.sqlite3").read_text() == "spoilt " * 1000
