"""What every part of the interview works with."""

import asyncio
import random
from dataclasses import dataclass, field

from agent.conversation import Act, Conversation, Heard, Topic
from agent.delivery.styles import DeliveryStyle, Manner
from agent.follow_up import FollowUpWording
from agent.progress import Progress
from prompts.lines import LineName, Lines
from storage.models.interview import InterviewParameters


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the interviewer waits, in seconds."""

    rephrase_after_sec: float
    """Silence after a question until it is put in simpler words."""
    move_on_after_sec: float
    """Silence after that until the interviewer moves on."""


@dataclass(slots=True)
class InterviewContext:
    conversation: Conversation
    progress: Progress
    parameters: InterviewParameters
    candidate_name: str
    lines: Lines
    wording: FollowUpWording
    patience: Patience
    deadline_at: float
    """Loop time at which the last question may still begin."""
    greeting: str = ""
    """Opens the interview and asks whether to begin; the usual line where it is left empty."""
    closing: str = ""
    rng: random.Random = field(default_factory=random.Random)
    _said: dict[LineName, str] = field(default_factory=dict[LineName, str])

    def __post_init__(self) -> None:
        name, parameters = self.candidate_name, self.parameters
        self.greeting = self.greeting or self.line(
            "greeting", name=name, role=parameters.role, question_count=parameters.question_count
        )
        self.closing = self.closing or self.line("closing", name=name)

    def line(self, name: LineName, /, **variables: str | int) -> str:
        """A fixed line in one of its variants, never the same twice running."""
        text = self.lines.pick(name, self.rng, avoid=self._said.get(name), **variables)
        self._said[name] = text
        return text

    @property
    def time_is_up(self) -> bool:
        return asyncio.get_running_loop().time() >= self.deadline_at

    async def say(self, text: str, *, act: Act, manner: Manner, topic: Topic) -> None:
        await self.conversation.say(text, act=act, style=DeliveryStyle(manner), topic=topic)

    async def listen(self, *, topic: Topic, silence_sec: float) -> Heard:
        return await self.conversation.listen(topic=topic, silence_sec=silence_sec)
