"""JSON schemas for structured output, in the subset that OpenAI's strict mode takes."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from pydantic import BaseModel

_NOT_IN_STRICT_MODE = ("title", "default", "maxLength", "minLength", "description")

Choices = Mapping[str, Sequence[str | int]]
"""For fields by name: the only values that make sense. Numbers of turns, ids of points."""


def strict_schema(shape: type[BaseModel], choices: Choices) -> dict[str, Any]:
    """The shape's schema, with what can be fixed fixed. The shape forbids extra fields and has no optional ones."""
    return cast("dict[str, Any]", _narrowed(shape.model_json_schema(), choices))


def _narrowed(node: Any, choices: Choices) -> Any:
    if isinstance(node, list):
        return [_narrowed(item, choices) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    items = cast("dict[str, Any]", node)
    kept = {key: _narrowed(value, choices) for key, value in items.items() if key not in _NOT_IN_STRICT_MODE}
    properties = items.get("properties")
    if isinstance(properties, dict):
        kept["properties"] = {
            name: _chosen(_narrowed(value, choices), choices.get(name))
            for name, value in cast("dict[str, Any]", properties).items()
        }
    return kept


def _chosen(field: dict[str, Any], values: Sequence[str | int] | None) -> dict[str, Any]:
    """The field with its values named; a list's items, or the branch that isn't null."""
    if values is None:
        return field
    if "items" in field:
        return field | {"items": _chosen(field["items"], values)}
    if "anyOf" in field:
        branches: list[dict[str, Any]] = field["anyOf"]
        return {"anyOf": [b if b.get("type") == "null" else _chosen(b, values) for b in branches]}
    return field | {"enum": list(values)}
