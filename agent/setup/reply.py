"""What the assistant does next."""

from dataclasses import dataclass
from typing import Literal

from agent.delivery.choice import Situation
from storage.models.transcript import Act

Step = Literal["listen", "create", "leave"]


@dataclass(frozen=True, slots=True)
class Reply:
    """No text: it says nothing and goes on listening."""

    text: str = ""
    situation: Situation = "question"
    act: Act = "question"
    step: Step = "listen"
    reads_back: str = ""
    """The part of `text` that tells what is to be created."""
