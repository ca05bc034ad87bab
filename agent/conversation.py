"""One conversation: say something, hear what comes back. The only way the interview's parts reach voice and ears."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from agent.absence import Absence
from agent.delivery.record import DeliveryRecord
from agent.delivery.styles import DeliveryStyle
from agent.inbox import Inbox
from agent.intents import read_intent
from agent.listening.turns import CandidateTurn
from agent.transcript import Transcript
from agent.voice import Spoken, Voice
from storage.models.room import Command
from storage.models.transcript import Act, Intent

T = TypeVar("T")
_ASKS: frozenset[Act] = frozenset({"question", "follow_up", "repeat", "rephrase"})
_INTENT_OF: dict[Command, Intent] = {"repeat": "repeat", "skip": "skip", "hint": "hint", "end": "stop"}


@dataclass(frozen=True, slots=True)
class Topic:
    """What is being talked about, for the transcript. Both None in introduction and closing."""

    question_id: str | None = None
    question_index: int | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back: words, a command from the page, or nothing in the time given.

    `turn` is None for commands and for silence; intent `other` without a turn is silence.
    """

    intent: Intent
    turn: CandidateTurn | None = None
    returned: bool = False
    """The candidate was away and is back; nothing was said yet."""
    cut_off: str = ""
    """With `returned`: the beginning of an answer, in the middle of which they left. It is written down."""

    @property
    def text(self) -> str:
        return self.turn.text if self.turn else ""

    @property
    def silent(self) -> bool:
        return self.turn is None and self.intent == "other" and not self.returned

    @property
    def unclear(self) -> bool:
        """Somebody spoke, and nothing was understood."""
        return self.turn is not None and not self.turn.text


def _nobody(_: CandidateTurn) -> None:
    """Follows a turn while it is going on."""


class ConversationOverError(Exception):
    """The attempt ended from outside: the page's end, an absent candidate, a newer job."""


class ConversationBrokenError(Exception):
    """Voice or ears failed for good: this job can't go on, another one may."""


class Conversation:
    """Turns and commands arrive through `heard_turn` and `commanded`; the interview's parts call `say` and `listen`."""

    def __init__(self, voice: Voice, transcript: Transcript) -> None:
        self._voice = voice
        self._transcript = transcript
        self._inbox = Inbox()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.absence = Absence(on_back=lambda: self._inbox.put("returned"))
        self.welcome_back: Callable[[str], str] = lambda asked: asked
        """Set by whoever words the conversation: a question, to a candidate who was away."""
        self.candidate_is_speaking: Callable[[], bool] = lambda: False
        """Set by the owner of the ears: silence is only counted while nobody speaks."""
        self.candidate_voiced_at: Callable[[], float] = lambda: 0.0
        """Set by the owner of the ears: loop time at which the candidate's voice was last heard."""
        self.floor_given: Callable[[], None] = lambda: None
        """Set by the owner of the ears: called when the candidate was asked to go on."""
        self.asked: Callable[[Act, str], None] = lambda act, text: None
        """Set by the owner of the ears: what the interviewer says tells how long an answer may be."""
        self.finish_turn: Callable[[], None] = lambda: None
        """Set by the owner of the ears: hands over the turn that the candidate is in the middle of."""
        self.heard_so_far: Callable[[CandidateTurn, Topic], None] = lambda turn, topic: None
        """Set by the owner of the transcript: a turn that goes on, as far as it is recognised."""
        self.topic = Topic()
        """What is being talked about."""
        self.interruptions = 0
        self.said_until = 0.0
        """Loop time at which the interviewer's last words ended."""
        self.deliveries = DeliveryRecord()
        self._meanwhile = _nobody
        self._broken = False

    def heard_turn(self, turn: CandidateTurn) -> None:
        self._inbox.put(turn)
        self.absence.heard(turn)

    def turn_grows(self, turn: CandidateTurn) -> None:
        """It goes on, and so much of it is recognised."""
        self.heard_so_far(turn, self.topic)
        self._meanwhile(turn)

    def commanded(self, command: Command) -> None:
        if command == "end":
            self.end()
            return
        self._voice.stop()
        self._inbox.put(command)

    def candidate_left(self) -> None:
        """A return that nobody has heeded yet is none."""
        self._inbox.take_return()
        self.absence.left()
        self._voice.stop()

    def candidate_came_back(self) -> None:
        """They may have missed the end of what was said: whoever listens is told."""
        self.absence.back()

    def line_came_back(self) -> None:
        """Our own line was broken while the candidate stayed: they may have missed something, too."""
        self._inbox.take_return()
        self._voice.stop()
        self._inbox.put("returned")

    @property
    def candidate_is_here(self) -> bool:
        return self.absence.is_over

    @property
    def has_command(self) -> bool:
        """The page asked for something that nobody has heard yet."""
        return self._inbox.has_command

    @property
    def is_over(self) -> bool:
        return self._over.done()

    async def wait_until(self, happened: asyncio.Event) -> None:
        """Waits for an event, unless the conversation is over first."""
        await self._until_over(happened.wait())

    def end(self) -> None:
        """Makes the running and every later `say` and `listen` raise ConversationOverError.

        What the candidate is in the middle of saying is kept as far as it was recognised.
        """
        if not self._over.done():
            self.finish_turn()
            self._over.set_result(None)
            self._voice.stop()

    def break_off(self) -> None:
        """Like `end`, with ConversationBrokenError."""
        self._broken = self._broken or not self.is_over
        self.end()

    async def say(
        self, text: str, *, act: Act, style: DeliveryStyle, topic: Topic, then: Awaitable[str] | None = None
    ) -> Spoken:
        """Speaks and writes down what was heard of it. Waits while the candidate is away.

        A question that comes first after a return says so. Where words that were cut off haven't been listened to,
        nothing is said, as if the candidate had broken in before the first sound.

        Args:
            then: follows `text` as soon as it is worded; one turn in the transcript.
        """
        self._check()
        await self._until_over(self.absence.wait_over())
        self.topic = topic
        if self._inbox.has_cut_off_turn:
            now = asyncio.get_running_loop().time()
            spoken = Spoken("", now, now, interrupted=True)
        else:
            spoken = await self._speak(self._with_welcome(text, act), act, style, then)
        await self._transcript.interviewer_said(
            spoken, act=act, question_id=topic.question_id, question_index=topic.question_index
        )
        self._check()
        return spoken

    async def _speak(self, text: str, act: Act, style: DeliveryStyle, then: Awaitable[str] | None) -> Spoken:
        self.asked(act, text)
        spoken = await self._voice.say(text, style, then=then)
        self.said_until = spoken.ended_at
        self.deliveries.spoken(act, style, heard=bool(spoken.text))
        self.interruptions += spoken.interrupted and self.candidate_is_here and not self.has_command
        return spoken

    def _with_welcome(self, text: str, act: Act) -> str:
        """Who is back and hears all of a question has missed nothing: it needn't be said again."""
        return self.welcome_back(text) if act in _ASKS and self._inbox.take_return() else text

    async def listen(
        self,
        *,
        topic: Topic,
        silence_sec: float,
        reads: Callable[[CandidateTurn], Intent | None] = lambda _: None,
        meanwhile: Callable[[CandidateTurn], None] = _nobody,
    ) -> Heard:
        """Waits for the candidate's next turn or command.

        Silence is counted from the call, starts again whenever somebody speaks, and stands still while the candidate
        is away. What was cut off by their leaving is written down, and comes with their return.

        Args:
            reads: what a turn means here, where that isn't what its words say by themselves. `other` is written down,
                and listening goes on.
            meanwhile: gets the turn that is being listened to, whenever more of it is recognised.
        """
        self.topic = topic
        self._meanwhile = meanwhile
        try:
            return await self._listen(topic, silence_sec, reads)
        finally:
            self._meanwhile = _nobody

    async def _listen(self, topic: Topic, silence_sec: float, reads: Callable[[CandidateTurn], Intent | None]) -> Heard:
        while True:
            self._check()
            got = await self._until_over(self._inbox.next(silence_sec))
            if got is None:
                if self.candidate_is_speaking() or not self.candidate_is_here:
                    await self._until_over(self.absence.wait_over())
                    continue
                return Heard("other")
            if got == "returned":
                return Heard("other", returned=True, cut_off=self.absence.take(topic))
            if isinstance(got, str):
                return Heard(_INTENT_OF[got])
            intent = reads(got) or read_intent(got.text)
            await self._write_down(got, intent, topic)
            if got.cut_off:
                if intent == "answer":
                    self.absence.keep(got.text, about=topic)
            elif intent != "other" or not got.text:
                return Heard(intent, got)

    async def write_down_rest(self, topic: Topic) -> None:
        """Keeps turns that nobody listened to any more: what was said is in the transcript."""
        for turn in self._inbox.take_turns():
            await self._write_down(turn, read_intent(turn.text), topic)

    async def _write_down(self, turn: CandidateTurn, intent: Intent, topic: Topic) -> None:
        if turn.text:
            await self._transcript.candidate_said(
                turn, intent=intent, question_id=topic.question_id, question_index=topic.question_index
            )

    def _check(self) -> None:
        if self._over.done():
            raise self._over_error()

    def _over_error(self) -> Exception:
        return ConversationBrokenError() if self._broken else ConversationOverError()

    async def _until_over(self, waiting: Coroutine[Any, Any, T]) -> T:
        """Awaits, unless the conversation is over first."""
        task = asyncio.ensure_future(waiting)
        try:
            await asyncio.wait((task, self._over), return_when=asyncio.FIRST_COMPLETED)
            if self._over.done():
                raise self._over_error()
            return task.result()
        finally:
            task.cancel()
