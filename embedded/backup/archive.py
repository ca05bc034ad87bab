"""One file with files, their checksums first. It is taken apart only into an empty folder, and all of it or nothing."""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from pydantic import BaseModel, ValidationError

from embedded.backup.parts import PARTS, BackupError

_MANIFEST = "manifest.json"
_LARGEST_MANIFEST_BYTES = 50_000_000
_CHUNK_BYTES = 2**20
_COMPRESSION = 1
"""gzip's quickest: a database shrinks to a sixth by that, recorded sound by none."""


class Manifest(BaseModel):
    """What the archive holds, and nothing else does it hold."""

    format: Literal[1] = 1
    made_at: datetime
    folders: list[str]
    """Empty ones, too: Postgres doesn't start without some that are."""
    files: dict[str, str]
    """sha256 of each."""


def write_archive(folder: Path, file: Path, made_at: datetime) -> Manifest:
    """All of `folder` into a new file that only its owner can read.

    Raises:
        BackupError: the file is there already.
    """
    paths = sorted(folder.rglob("*"))
    manifest = Manifest(
        made_at=made_at,
        folders=[path.relative_to(folder).as_posix() for path in paths if path.is_dir()],
        files={path.relative_to(folder).as_posix(): _sha256(path) for path in paths if path.is_file()},
    )
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{file} is there already: it isn't overwritten.") from None
    try:
        with os.fdopen(descriptor, "wb") as output:
            with tarfile.open(fileobj=output, mode="w:gz", compresslevel=_COMPRESSION) as archive:
                content = manifest.model_dump_json().encode()
                header = tarfile.TarInfo(_MANIFEST)
                header.size = len(content)
                archive.addfile(header, io.BytesIO(content))
                for name in manifest.files:
                    archive.add(folder / name, name, recursive=False)
            output.flush()
            os.fsync(output.fileno())
    except BaseException:  # a Ctrl-C, too: half an archive helps nobody
        file.unlink()
        raise
    return manifest


def unpack_archive(file: Path, into: Path) -> Manifest:
    """
    Args:
        into: an empty folder. After an error it holds a part, which is worth nothing.

    Raises:
        BackupError: it isn't a whole, unchanged backup.
    """
    damaged = BackupError(f"{file} isn't a whole backup, or was changed. Nothing was restored.")
    try:
        with tarfile.open(file, "r:gz") as archive:
            manifest = _read_manifest(archive)
            if manifest is None:
                raise damaged
            for name in manifest.folders:
                (into / name).mkdir(parents=True, mode=0o700, exist_ok=True)
            found: set[str] = set()
            for member in archive:
                if member.name == _MANIFEST:
                    continue
                if not member.isreg() or member.name in found or member.name not in manifest.files:
                    raise damaged
                found.add(member.name)
                content = archive.extractfile(member)
                if content is None or _copy(content, into / member.name) != manifest.files[member.name]:
                    raise damaged
            if found != manifest.files.keys():
                raise damaged
            return manifest
    except FileNotFoundError:
        raise BackupError(f"{file} isn't there. Nothing was restored.") from None
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError):
        raise damaged from None


def _read_manifest(archive: tarfile.TarFile) -> Manifest | None:
    first = archive.next()
    if first is None or first.name != _MANIFEST or not first.isreg() or first.size > _LARGEST_MANIFEST_BYTES:
        return None
    content = archive.extractfile(first)
    try:
        manifest = Manifest.model_validate_json(content.read() if content is not None else b"")
    except ValidationError:
        return None
    return manifest if all(_stays_inside(name) for name in (*manifest.folders, *manifest.files)) else None


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and path.parts[0] in PARTS and ".." not in path.parts and "\\" not in name


def _copy(content: IO[bytes], to: Path) -> str:
    to.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    checksum = hashlib.sha256()
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as output:
        while chunk := content.read(_CHUNK_BYTES):
            checksum.update(chunk)
            output.write(chunk)
        output.flush()
        os.fsync(output.fileno())
    return checksum.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
