"""What a supervisor asks."""

from typing import Literal

from token_server.schemas.base import Answer

Part = Literal["store", "livekit", "worker"]


class Alive(Answer):
    status: Literal["ok"] = "ok"


class Readiness(Answer):
    """`ready` only when an interview could really start now."""

    status: Literal["ready", "not_ready"]
    missing: list[Part]
    detail: dict[Part, str]
    """A sentence per missing part."""
