"""Both places for recordings keep to the same contract."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from storage.errors import NotFoundError, StoreUnavailableError
from storage.recordings import BucketFiles, FolderFiles, RecordingFiles
from tests.fakes.supabase_storage import SECRET_KEY, FakeSupabaseStorage

pytestmark = pytest.mark.unit

SOUND = bytes(range(256)) * 4000


def bucket_files(storage: FakeSupabaseStorage, key: str = SECRET_KEY) -> BucketFiles:
    headers = {"apikey": key, "Authorization": f"Bearer {key}"}
    transport = httpx.ASGITransport(storage.app)
    return BucketFiles(
        httpx.AsyncClient(transport=transport, base_url="http://supabase.test/storage/v1", headers=headers)
    )


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> RecordingFiles:
    return FolderFiles(tmp_path / "recordings") if request.param == "folder" else bucket_files(FakeSupabaseStorage())


async def pieces(content: bytes = SOUND) -> AsyncIterator[bytes]:
    for first in range(0, len(content), 60_000):
        yield content[first : first + 60_000]


async def read(files: RecordingFiles, name: str, first: int = 0, size_bytes: int = len(SOUND)) -> bytes:
    return b"".join([chunk async for chunk in await files.open(name, first=first, size_bytes=size_bytes)])


async def test_what_was_put_is_read_in_whole_and_in_part(files: RecordingFiles):
    await files.put("a.1.ogg", pieces(), size_bytes=len(SOUND))
    assert await read(files, "a.1.ogg") == SOUND
    assert await read(files, "a.1.ogg", first=70_001, size_bytes=9) == SOUND[70_001:70_010]


async def test_putting_again_replaces_it(files: RecordingFiles):
    for content in (SOUND, b"newer"):
        await files.put("a.1.ogg", pieces(content), size_bytes=len(content))
    assert await read(files, "a.1.ogg", size_bytes=5) == b"newer"


async def test_files_of_one_attempt_are_found_and_removed(files: RecordingFiles):
    assert await files.stored() == []
    for name in ("a.1.ogg", "a.2.ogg", "b.1.ogg"):
        await files.put(name, pieces(b"sound"), size_bytes=5)
    assert sorted(file.name for file in await files.stored("a.")) == ["a.1.ogg", "a.2.ogg"]
    age = datetime.now(UTC) - (await files.stored("b."))[0].changed_at
    assert abs(age) < timedelta(minutes=5)
    await files.remove(["a.1.ogg", "a.2.ogg", "never-there.ogg"])
    assert [file.name for file in await files.stored()] == ["b.1.ogg"]
    with pytest.raises(NotFoundError):
        await read(files, "a.1.ogg")


async def test_a_body_that_breaks_off_leaves_no_file(tmp_path: Path):
    files = FolderFiles(tmp_path / "recordings")

    async def breaks_off() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(StoreUnavailableError):
        await files.put("a.1.ogg", breaks_off(), size_bytes=8)
    assert await files.stored() == []


async def test_a_folder_that_cant_be_written_is_no_mistake_of_the_caller(tmp_path: Path):
    (tmp_path / "recordings").write_text("a file is in the way")
    with pytest.raises(StoreUnavailableError):
        await FolderFiles(tmp_path / "recordings").put("a.1.ogg", pieces(b"sound"), size_bytes=5)


async def test_the_bucket_is_private():
    storage = FakeSupabaseStorage()
    await bucket_files(storage).put("a.1.ogg", pieces(b"sound"), size_bytes=5)
    assert list(storage.buckets) == ["recordings"]
    assert storage.public == set()


async def test_a_storage_that_refuses_us_is_unavailable():
    with pytest.raises(StoreUnavailableError):
        await bucket_files(FakeSupabaseStorage(), key="wrong").put("a.1.ogg", pieces(b"sound"), size_bytes=5)
