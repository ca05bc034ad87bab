"""What an export of an account holds, as one text."""

from datetime import UTC, datetime

from storage.store import OwnerView
from token_server.account.export import AccountExport
from token_server.schemas.auth import User


async def exported_text(view: OwnerView, user_id: str) -> str:
    user = User(id=user_id, email="somebody@example.com", display_name="Somebody")
    pieces: list[str] = []
    async for file in AccountExport(view, user, datetime.now(UTC)).files():
        pieces += [piece.decode() async for piece in file.pieces]
    return "".join(pieces)
