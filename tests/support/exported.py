"""What an export of an account holds, as one text."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from storage.errors import NotFoundError
from storage.models.recording import Recording
from storage.store import OwnerView
from token_server.account.export import AccountExport
from token_server.byte_ranges import ByteRange
from token_server.schemas.auth import User


class NoSound:
    """A RecordingReader that has lost its files."""

    async def open(self, recording: Recording, part: ByteRange) -> AsyncIterator[bytes]:
        raise NotFoundError


async def exported_text(view: OwnerView, user_id: str) -> str:
    user = User(id=user_id, email="somebody@example.com", display_name="Somebody")
    pieces: list[str] = []
    async for file in AccountExport(view, user, NoSound(), datetime.now(UTC)).files():
        pieces += [piece.decode() async for piece in file.pieces]
    return "".join(pieces)
