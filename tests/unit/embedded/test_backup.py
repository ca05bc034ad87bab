"""What a backup holds, and which files are no backup. With real rows: tests/storage/test_backup.py."""

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from embedded.backup.parts import BackupError
from embedded.backup.restore import restore
from embedded.backup.save import save
from embedded.run_lock import take_run_lock

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
FILES = {
    "supabase/postgres/base/1": "rows",
    "supabase/erasure-pending": "",
    "recordings/a.1.ogg": "sound",
    "outbox/turns.jsonl": "a turn",
    "keys.json": "{}",
}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write(folder, FILES)
    (folder / "supabase/postgres/pg_notify").mkdir()
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def content(folder: Path) -> dict[str, str]:
    """All but the locks."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_what_was_saved_comes_back_and_what_was_there_is_kept_aside(data_dir: Path, tmp_path: Path) -> None:
    save(data_dir, tmp_path / "backup.tar.gz", NOW)
    write(data_dir, {"supabase/postgres/base/1": "other rows", "recordings/b.1.ogg": "later"})

    aside = restore(data_dir, tmp_path / "backup.tar.gz", NOW)

    assert aside is not None
    assert content(aside) == FILES | {"supabase/postgres/base/1": "other rows", "recordings/b.1.ogg": "later"}
    kept = {f"{aside.name}/{name}": text for name, text in content(aside).items()}
    assert content(data_dir) == FILES | kept
    assert (data_dir / "supabase/postgres/pg_notify").is_dir()


def test_a_backup_goes_into_an_empty_folder_too(data_dir: Path, tmp_path: Path) -> None:
    save(data_dir, tmp_path / "backup.tar.gz", NOW)

    assert restore(tmp_path / "new", tmp_path / "backup.tar.gz", NOW) is None
    assert content(tmp_path / "new") == FILES


def test_only_its_owner_can_read_a_backup(data_dir: Path, tmp_path: Path) -> None:
    save(data_dir, tmp_path / "backup.tar.gz", NOW)

    assert (tmp_path / "backup.tar.gz").stat().st_mode & 0o777 == 0o600


def test_neither_logs_nor_half_recordings_are_saved(data_dir: Path, tmp_path: Path) -> None:
    write(data_dir, {"logs/worker.log": "a line", "recordings/c.1.ogg.part": "half"})

    save(data_dir, tmp_path / "backup.tar.gz", NOW)
    restore(tmp_path / "new", tmp_path / "backup.tar.gz", NOW)

    assert content(tmp_path / "new") == FILES


def test_a_file_that_is_there_is_never_overwritten(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")

    with pytest.raises(BackupError, match="isn't overwritten"):
        save(data_dir, tmp_path / "precious", NOW)
    assert (tmp_path / "precious").read_text() == "mine"


def test_nothing_is_restored_while_the_data_is_in_use(data_dir: Path, tmp_path: Path) -> None:
    save(data_dir, tmp_path / "backup.tar.gz", NOW)
    write(data_dir, {"keys.json": '{"newer": "keys"}'})
    assert take_run_lock(data_dir / "run") is not None

    with pytest.raises(BackupError, match="stop `make run` first"):
        restore(data_dir, tmp_path / "backup.tar.gz", NOW)
    assert content(data_dir) == FILES | {"keys.json": '{"newer": "keys"}'}


def cut_short(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-200])


def one_byte_changed(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)


def something_else(archive: Path) -> None:
    archive.write_text("not an archive")


def no_file_at_all(archive: Path) -> None:
    archive.unlink()


def a_changed_file(archive: Path) -> None:
    repack(archive, {"keys.json": b'{"other": "keys"}'})


def a_missing_file(archive: Path) -> None:
    repack(archive, {"keys.json": None})


def a_file_outside(archive: Path) -> None:
    repack(archive, {}, {"supabase/../../escaped": b"!"})


def a_file_that_nobody_listed(archive: Path) -> None:
    repack(archive, {"supabase/extra": b"!"})


def repack(archive: Path, changes: dict[str, bytes | None], listed: dict[str, bytes] | None = None) -> None:
    """A well-formed archive with other members, and `listed` in its manifest, too."""
    with tarfile.open(archive) as old:
        members: dict[str, bytes | None] = {}
        for member in old:
            stored = old.extractfile(member)
            assert stored is not None
            members[member.name] = stored.read()
    manifest = json.loads(members["manifest.json"] or b"")
    manifest["files"] |= dict.fromkeys(listed or {}, "0" * 64)
    members |= {"manifest.json": json.dumps(manifest).encode()} | changes | (listed or {})
    with tarfile.open(archive, "w:gz") as new:
        for name, text in members.items():
            if text is not None:
                header = tarfile.TarInfo(name)
                header.size = len(text)
                new.addfile(header, io.BytesIO(text))


@pytest.mark.parametrize(
    "harm",
    [
        cut_short,
        one_byte_changed,
        something_else,
        no_file_at_all,
        a_changed_file,
        a_missing_file,
        a_file_outside,
        a_file_that_nobody_listed,
    ],
)
def test_a_broken_backup_is_refused_and_nothing_changes(harm: object, data_dir: Path, tmp_path: Path) -> None:
    assert callable(harm)
    save(data_dir, tmp_path / "backup.tar.gz", NOW)
    harm(tmp_path / "backup.tar.gz")

    with pytest.raises(BackupError, match="Nothing was restored"):
        restore(data_dir, tmp_path / "backup.tar.gz", NOW)
    assert content(data_dir) == FILES
    assert not (tmp_path / "escaped").exists()
    assert not [path for path in data_dir.iterdir() if path.name.startswith(("restoring-", "before-restore-"))]
