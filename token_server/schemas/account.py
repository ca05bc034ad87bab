"""Everything of mine."""

from token_server.schemas.auth import Password
from token_server.schemas.base import RequestBody


class DeleteAccountBody(RequestBody):
    password: Password
    """Once more: nothing brings a deleted account back."""
