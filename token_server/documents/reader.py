"""Reads documents for requests: few at once, one a person, and never longer than a person waits."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import structlog

from token_server.documents.cleaning import cleaned, letter_count
from token_server.documents.extraction import Extracted, is_pdf, is_zip
from token_server.documents.limits import (
    AT_ONCE,
    FEWEST_LETTERS,
    MOST_ANSWER_BYTES,
    MOST_CHARACTERS,
    MOST_WAITING,
    WALL_SEC,
)
from token_server.documents.plain import plain_text
from token_server.documents.problems import DocumentError

DocumentKind = Literal["pdf", "word", "text"]
ROOT = Path(__file__).parents[2]
log = structlog.get_logger()


class ReaderBusyError(Exception):
    """This person has a document being read, or too many others have."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    kind: DocumentKind
    text: str
    pages: int | None = None


class DocumentReader:
    def __init__(self, *, wall_sec: float = WALL_SEC) -> None:
        self._wall_sec = wall_sec
        self._free = asyncio.Semaphore(AT_ONCE)
        self._reading_for: set[str] = set()

    async def read(self, data: bytes, *, user_id: str) -> ReadDocument:
        """What kind it is says its content, never its name.

        Raises:
            DocumentError
            ReaderBusyError
        """
        if is_pdf(data) or is_zip(data):
            async with self._place(user_id):
                extracted = await self._in_own_process(data)
            if "problem" in extracted:
                raise DocumentError(extracted["problem"])
            document = ReadDocument(
                "pdf" if is_pdf(data) else "word", cleaned(extracted.get("text", "")), extracted.get("pages")
            )
        else:
            document = ReadDocument("text", cleaned(plain_text(data)))
        if len(document.text) > MOST_CHARACTERS:
            raise DocumentError("document_too_long")
        if letter_count(document.text) < FEWEST_LETTERS:
            raise DocumentError("document_without_text")
        return document

    @asynccontextmanager
    async def _place(self, user_id: str) -> AsyncGenerator[None]:
        if user_id in self._reading_for or len(self._reading_for) >= AT_ONCE + MOST_WAITING:
            raise ReaderBusyError
        self._reading_for.add(user_id)
        try:
            async with self._free:
                yield
        finally:
            self._reading_for.discard(user_id)

    async def _in_own_process(self, data: bytes) -> Extracted:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-E", "-s", "-m", "token_server.documents.extraction"),
            cwd=ROOT,
            env={},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # What libraries complain about quotes the document.
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(self._wall_sec):
                answer = await _talk(process, data)
                return cast(Extracted, json.loads(answer))
        except (TimeoutError, ValueError):
            log.warning("document_not_read", size_bytes=len(data))
            raise DocumentError("unreadable_document") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _talk(process: asyncio.subprocess.Process, data: bytes) -> bytes:
    """
    Raises:
        ValueError: it says far too much.
    """
    assert process.stdin is not None  # noqa: S101  # both are pipes
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(data)
    with suppress(BrokenPipeError, ConnectionResetError):  # it died: the empty answer says so
        await process.stdin.drain()
    process.stdin.close()
    answer = bytearray()
    while chunk := await process.stdout.read(65_536):
        answer += chunk
        if len(answer) > MOST_ANSWER_BYTES:
            raise ValueError("too long an answer")
    return bytes(answer)
