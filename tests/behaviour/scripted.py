"""A scripted conversation without sound: a voice that takes time to speak, and a candidate who follows a script."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from agent.conversation import Conversation
from agent.delivery.choice import DeliveryChoice
from agent.delivery.styles import DeliveryStyle
from agent.interviewer import Interviewer
from agent.listening.turns import CandidateTurn
from agent.progress import Progress
from agent.tasks.context import InterviewContext, Patience
from agent.transcript import Transcript
from agent.voice import Spoken
from agent.wording import Wording
from prompts.lines import load_lines
from storage.models.attempt import EndReason, Position
from storage.models.interview import ExpectedPoint, InterviewParameters, PlannedQuestion, QuestionKey, Tone
from storage.models.transcript import Turn

SECONDS_PER_WORD = 0.35
PATIENCE = Patience(rephrase_after_sec=8, offer_after_sec=10, move_on_after_sec=12, thinking_time_sec=20)


class ScriptedVoice:
    """Speaks in virtual time. What was stopped has been heard up to the word that was being said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.began: list[tuple[float, str]] = []
        """Loop time at which each utterance's sound began. What is said in two parts has two."""
        self.styles: list[DeliveryStyle] = []
        self._stopped: asyncio.Event | None = None
        self.on_speaking: Callable[[str], None] = lambda _: None

    @property
    def is_speaking(self) -> bool:
        return self._stopped is not None

    async def say(self, text: str, style: DeliveryStyle, *, then: Awaitable[str] | None = None) -> Spoken:
        started_at = asyncio.get_running_loop().time()
        self.said.append(text)
        self.styles.append(style)
        stopped = self._stopped = asyncio.Event()
        try:
            if then is None:
                self.on_speaking(text)
            heard = await self._utter(text, stopped)
            if then is not None and (rest := await _unless(stopped, then)) is not None:
                self.said[-1] = f"{text} {rest}"
                self.on_speaking(rest)
                heard += await self._utter(rest, stopped)
            return Spoken(" ".join(heard), started_at, asyncio.get_running_loop().time(), stopped.is_set())
        finally:
            self._stopped = None

    async def _utter(self, text: str, stopped: asyncio.Event) -> list[str]:
        """Returns the words that were heard."""
        loop = asyncio.get_running_loop()
        began_at, words = loop.time(), text.split()
        self.began.append((began_at, text))
        try:
            await asyncio.wait_for(stopped.wait(), len(words) * SECONDS_PER_WORD)
        except TimeoutError:
            return words
        return words[: int((loop.time() - began_at) / SECONDS_PER_WORD)]

    def stop(self) -> None:
        if self._stopped is not None:
            self._stopped.set()

    def pause(self) -> None: ...

    def resume(self) -> None: ...


async def _unless(stopped: asyncio.Event, words: Awaitable[str]) -> str | None:
    waiting = (asyncio.ensure_future(words), asyncio.ensure_future(stopped.wait()))
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        return None if stopped.is_set() else waiting[0].result()
    finally:
        for one in waiting:
            one.cancel()


def parameters(question_count: int, tone: Tone = "neutral") -> InterviewParameters:
    return InterviewParameters(
        role="Backend developer", interview_type="technical", level="mid", question_count=question_count, tone=tone
    )


def question(index: int) -> PlannedQuestion:
    return PlannedQuestion(
        question_id=f"question-{index}", index=index, kind="technical", text=f"What is topic number {index} about?"
    )


def key(index: int, *, follow_ups: int = 2) -> QuestionKey:
    return QuestionKey(
        question_id=f"question-{index}",
        expected_points=[
            ExpectedPoint(point_id=f"p{n}", claim=f"Point {n}", keywords=[[word]])
            for n, word in enumerate(("alpha", "beta", "gamma"))
        ],
        follow_ups=[f"Could you say more about side {n}?" for n in range(follow_ups)],
        hint="Think of the Greek alphabet.",
    )


GOOD_ANSWER = "It is about alpha and beta and also gamma, which I used for years in production."
VAGUE_ANSWER = "Well, I have worked with that for quite some time in several teams and it went fine."


@dataclass
class Script:
    """Runs an interview; `reply` decides what the candidate says after each thing they hear."""

    reply: Callable[[str], str | None]
    questions: int = 2
    tone: Tone = "neutral"
    wording: Wording = field(default_factory=lambda: Wording(None, deadline_sec=3))
    position: Position = field(default_factory=Position)
    earlier_turns: list[Turn] = field(default_factory=list[Turn])
    resumed: bool = False
    voice: ScriptedVoice = field(default_factory=ScriptedVoice)
    turns: list[Turn] = field(default_factory=list[Turn])
    candidate_is_speaking: bool = False
    ended_ago_sec: float = 0.0
    """How long turn taking waits before it takes a turn for over."""
    voiced_at: float = 0.0
    """When the candidate was last heard."""
    candidate_name: str = "Robin"
    acknowledge_ready_share: float = 1.0

    async def run(self) -> EndReason:
        return await self.interviewer().run()

    def interviewer(self) -> Interviewer:
        loop = asyncio.get_running_loop()

        async def keep(turn: Turn) -> None:
            self.turns.append(turn)

        transcript = Transcript(epoch=1, started_at=loop.time(), not_before_ms=0, keep=keep)
        delivery = DeliveryChoice(self.tone)
        for turn in self.earlier_turns:
            delivery.heard(turn)
        transcript.on_turn = delivery.heard
        self.conversation = Conversation(self.voice, transcript)
        self.conversation.candidate_is_speaking = lambda: self.candidate_is_speaking
        self.conversation.candidate_voiced_at = lambda: self.voiced_at
        self.voice.on_speaking = self._answer_later
        self.progress = Progress(self.position)
        context = InterviewContext(
            conversation=self.conversation,
            progress=self.progress,
            parameters=parameters(self.questions, self.tone),
            candidate_name=self.candidate_name,
            lines=load_lines(),
            wording=self.wording,
            patience=PATIENCE,
            deadline_at=loop.time() + 3600,
            delivery=delivery,
            rng=random.Random(1),
            acknowledge_ready_share=self.acknowledge_ready_share,
        )
        return Interviewer(
            context,
            [question(index) for index in range(self.questions)],
            [key(index) for index in range(self.questions)],
            resumed=self.resumed,
            earlier_turns=self.earlier_turns,
        )

    def say_now(self, text: str, *, lasting_sec: float = 3.0) -> None:
        """The candidate's turn has just been taken for over."""
        self.conversation.heard_turn(self._turn(text, lasting_sec))

    def going_on(self, text: str) -> None:
        """The candidate has said so much of their turn."""
        self.conversation.turn_grows(self._turn(text, 1.0))

    def _turn(self, text: str, lasting_sec: float) -> CandidateTurn:
        now = self.voiced_at = asyncio.get_running_loop().time() - self.ended_ago_sec
        return CandidateTurn(
            text=text,
            words=(),
            started_at=now - lasting_sec,
            ended_at=now,
            confidence=0.9,
            interrupted_interviewer=False,
            end_of_turn_probability=0.8,
        )

    def _answer_later(self, said: str) -> None:
        answer = self.reply(said)
        if answer is not None:
            after_sec = len(said.split()) * SECONDS_PER_WORD + 4
            asyncio.get_running_loop().call_later(after_sec, self.say_now, answer)

    @property
    def asked(self) -> list[str]:
        return [turn.text for turn in self.turns if turn.act == "question"]

    def acts(self) -> list[str | None]:
        return [turn.act for turn in self.turns if turn.speaker == "interviewer"]


def ready_then(*answers: str):
    """Says that they are ready, then one answer after each thing asked; the last one again and again."""
    left = list(answers)

    def reply(said: str) -> str | None:
        if "Robin" in said and "?" in said:
            return "Yes, I'm ready."
        if "?" not in said:
            return None
        return left.pop(0) if len(left) > 1 else left[0]

    return reply
