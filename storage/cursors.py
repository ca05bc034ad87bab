"""Opaque list cursors: where a page ended, as the key of its last row.

A cursor names its order, so that one of another order is refused rather than silently wrong.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from uuid import UUID

from storage.errors import InvalidCursorError
from storage.text import is_storable

MAX_LIMIT = 100
_MAX_CURSOR_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Cursor:
    order: str
    key: str
    """Sort key of the last row: its time as text, or its title."""
    row_id: str
    """Breaks ties of equal keys."""

    def encode(self) -> str:
        text = json.dumps([self.order, self.key, self.row_id], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @staticmethod
    def decode(text: str | None, *, order: str) -> "Cursor | None":
        """
        Raises:
            InvalidCursorError: anything that `encode` did not make for this order.
        """
        if text is None:
            return None
        if len(text) > _MAX_CURSOR_CHARS:
            raise InvalidCursorError
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            parts = json.loads(raw)
        except (binascii.Error, ValueError, RecursionError) as error:  # the last: thousands of brackets
            raise InvalidCursorError from error
        match parts:
            case [str(found), str(key), str(row_id)] if found == order and is_uuid(row_id) and is_storable(key):
                return Cursor(order, key, row_id)
            case _:
                raise InvalidCursorError


def is_uuid(text: str) -> bool:
    """True for the canonical form only, the one that the database gives out."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def clamp_limit(limit: int) -> int:
    return max(1, min(limit, MAX_LIMIT))
