"""What a text must lose before it can be stored."""

from typing import Any


def is_storable(text: str) -> bool:
    """Whether Postgres can hold it: it has no NUL, and no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def drop_nul(value: Any) -> Any:
    """The same JSON-like value without NUL characters: Postgres can't hold them, in text or in jsonb."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [drop_nul(item) for item in value]
    if isinstance(value, dict):
        return {drop_nul(key): drop_nul(item) for key, item in value.items()}
    return value
