"""Supabase's errors in our words, translated here and nowhere else."""

from collections.abc import Generator
from contextlib import contextmanager

import httpx
from postgrest import APIError

from storage.cursors import is_uuid
from storage.errors import (
    ConflictError,
    NotFoundError,
    StaleRevisionError,
    StoreError,
    StoreUnavailableError,
    UnauthenticatedError,
)

# Our SQL functions raise with these; `message` is then the problem code and `details` an id or an explanation.
_REFUSED = "PT409"
_NOT_FOUND = "PT404"
_TOKEN_REFUSED = frozenset({"PGRST301", "PGRST302", "PGRST303", "401"})
_NO_PRIVILEGE = "42501"
_UNIQUE_VIOLATION = "23505"
_FOREIGN_KEY_VIOLATION = "23503"
_DATA_EXCEPTION = "22"
"""A class: numbers out of range, times and ids that aren't any. What we check beforehand doesn't come this far."""
# PostgREST without its database, connection and resource trouble, a server fault; SUP is embedded Supabase's 500.
_UNAVAILABLE_PREFIXES = ("PGRST0", "08", "53", "57", "58", "XX", "SUP", "5")


@contextmanager
def translated(*, as_person: bool) -> Generator[None]:
    """
    Raises:
        StoreUnavailableError, NotFoundError, ConflictError, StoreError; UnauthenticatedError only when `as_person`.
    """
    try:
        yield
    except httpx.HTTPError as error:
        raise StoreUnavailableError(f"Supabase can't be reached: {type(error).__name__}") from error
    except APIError as error:
        raise _translate(error, as_person=as_person) from error


def _translate(error: APIError, *, as_person: bool) -> Exception:
    code = error.code or ""
    message = error.message or code
    details = error.details if isinstance(error.details, str) else ""
    if code == _REFUSED:
        if message == "stale_revision":
            return StaleRevisionError(int(details))
        return ConflictError(message, ref=details) if is_uuid(details) else ConflictError(message, details)
    if code in (_NOT_FOUND, _FOREIGN_KEY_VIOLATION):
        return NotFoundError(message)
    if code in _TOKEN_REFUSED or code == _NO_PRIVILEGE:
        # A token that Supabase can't read counts as anonymous there, and anonymous may read nothing.
        return UnauthenticatedError(message) if as_person else StoreUnavailableError(f"Supabase refuses us: {message}")
    if code == _UNIQUE_VIOLATION:
        return ConflictError("conflict", message)
    if code.startswith(_DATA_EXCEPTION):
        return ConflictError("validation_failed", message)
    if not code or code.startswith(_UNAVAILABLE_PREFIXES):  # no code: the gateway before the database refused our key
        return StoreUnavailableError(f"Supabase failed: {code} {message}")
    return StoreError(f"Supabase refused: {code} {message}")
