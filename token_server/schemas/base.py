"""Common bases of bodies and answers."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

T = TypeVar("T")


def storable_text(text: str) -> str:
    """Refuses what Postgres can't hold as text: NUL, and halves of surrogate pairs."""
    if "\x00" in text:
        raise ValueError("must not contain NUL characters")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("must be valid Unicode")
    return text


StorableText = Annotated[str, AfterValidator(storable_text)]


def _check_texts(value: object) -> None:
    # No recursion: a body may be nested as deeply as Python can read it, which leaves no frames for ours.
    left = [value]
    while left:
        match left.pop():
            case str() as text:
                storable_text(text)
            case Mapping() as pairs:
                left += [*pairs.keys(), *pairs.values()]
            case Sequence() as items:
                left += items
            case _:
                pass


class RequestBody(BaseModel):
    """A body from outside: unknown fields are errors, and every text in it can be stored."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _texts_can_be_stored(cls, data: Any) -> Any:
        _check_texts(data)
        return data


class Answer(BaseModel):
    """An answer. Built from our own models, so it is strict about names too."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ItemsPage(Answer, Generic[T]):
    """Any list. `next_cursor` is None on the last page."""

    items: list[T]
    next_cursor: str | None = None
