"""What every part of the interview works with."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from agent.conversation import Act, Conversation, Heard, Topic
from agent.delivery.choice import DeliveryChoice, Situation
from agent.listening.turns import CandidateTurn
from agent.progress import Progress
from agent.settings import WorkerSettings
from agent.wording import Wording
from prompts.lines import LineName, Lines
from storage.models.interview import InterviewParameters
from storage.models.transcript import Intent


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the interviewer waits, in seconds."""

    rephrase_after_sec: float
    """Silence after a question until it is put in simpler words."""
    offer_after_sec: float
    """Silence after that until a hint is offered, or to move on."""
    move_on_after_sec: float
    """Silence after the offer until the interviewer moves on."""
    thinking_time_sec: float
    """Silence that somebody is given who asked for time."""

    @classmethod
    def of(cls, settings: WorkerSettings) -> Self:
        return cls(
            rephrase_after_sec=settings.silence_rephrase_sec,
            offer_after_sec=settings.silence_offer_sec,
            move_on_after_sec=settings.silence_move_on_sec,
            thinking_time_sec=settings.thinking_time_sec,
        )


@dataclass(slots=True)
class InterviewContext:
    conversation: Conversation
    progress: Progress
    parameters: InterviewParameters
    candidate_name: str
    lines: Lines[LineName]
    wording: Wording
    patience: Patience
    deadline_at: float
    """Loop time at which the last question may still begin."""
    greeting: str = ""
    """Opens the interview and asks whether to begin; the usual line where it is left empty."""
    closing: str = ""
    delivery: DeliveryChoice = field(default_factory=DeliveryChoice)
    rng: random.Random = field(default_factory=random.Random)
    last_acknowledgement: str = ""
    acknowledge_ready_share: float = 1.0
    """How often a follow-up whose words are there at once has an acknowledgement before it. Where they are still being
    made, each has one."""
    yield_share: float = 0.5
    """How often the interviewer says that the candidate may go on, of the times it began too early."""
    yielded_last_time: bool = False
    _said: dict[LineName, str] = field(default_factory=dict[LineName, str])

    def __post_init__(self) -> None:
        name, parameters = self.candidate_name, self.parameters
        self.greeting = self.greeting or self.line(
            "greeting", name=name, role=parameters.role, question_count=parameters.question_count
        )
        self.closing = self.closing or self.line("closing", name=name)
        self.conversation.welcome_back = self.welcome_back

    def line(self, name: LineName, /, **variables: str | int) -> str:
        """A fixed line in one of its variants, never the same twice running."""
        text = self.lines.pick(name, self.rng, avoid=self._said.get(name), **variables)
        self._said[name] = text
        return text

    def welcome_back(self, asked: str) -> str:
        """What is being asked, to a candidate who was away."""
        return f"{self.line('resume_after_reconnect')} {asked}"

    @property
    def time_is_up(self) -> bool:
        return asyncio.get_running_loop().time() >= self.deadline_at

    async def say(self, text: str, *, act: Act, situation: Situation, topic: Topic) -> None:
        await self.conversation.say(text, act=act, style=self.delivery.style_for(situation), topic=topic)

    async def listen(
        self,
        *,
        topic: Topic,
        silence_sec: float,
        reads: Callable[[CandidateTurn], Intent | None] = lambda _: None,
        meanwhile: Callable[[CandidateTurn], None] = lambda _: None,
    ) -> Heard:
        return await self.conversation.listen(topic=topic, silence_sec=silence_sec, reads=reads, meanwhile=meanwhile)
