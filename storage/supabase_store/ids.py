"""Ids come from addresses of requests, so they may be anything."""

from storage.cursors import is_uuid
from storage.errors import NotFoundError

MAX_INT4 = 2**31 - 1


def known_form(row_id: str) -> str:
    """
    Raises:
        NotFoundError: it isn't a UUID, so there can be no such row.
    """
    if not is_uuid(row_id):
        raise NotFoundError
    return row_id


def known_seq(seq: int) -> int:
    """
    Raises:
        NotFoundError: no turn can have it.
    """
    if not 0 <= seq <= MAX_INT4:
        raise NotFoundError
    return seq
