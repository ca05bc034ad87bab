"""The spoken set-up over voice, ears and a stored draft; all without sound, in virtual time."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from agent.conversation import Conversation, ConversationOverError
from agent.delivery.choice import DeliveryChoice
from agent.listening.turns import CandidateTurn
from agent.setup.dialogue import SetupDialogue
from agent.setup.keeping import DraftKeeper
from agent.setup.understanding import RuleUnderstanding
from agent.setup_assistant import SetupAssistant, SetupEnd, SetupPatience
from agent.token_server_errors import SetupOverError
from agent.transcript import Transcript
from prompts.setup.lines import load_setup_lines
from storage.models.setup import SetupDraft, SetupDraftStored
from storage.models.transcript import Turn
from tests.behaviour.scripted import SECONDS_PER_WORD, ScriptedVoice
from tests.fakes.setup_drafts import StoredSetup

pytestmark = pytest.mark.behaviour

WHOLE = "Senior backend, Go and Postgres, about five technical ones."
COMPLETE = SetupDraft(
    role="backend developer",
    interview_type="technical",
    level="senior",
    question_count=5,
    technologies=["Go", "PostgreSQL"],
)


def turn_now(text: str) -> CandidateTurn:
    """It has just ended."""
    now = asyncio.get_running_loop().time()
    return CandidateTurn(
        text=text,
        words=(),
        started_at=now - 2,
        ended_at=now,
        confidence=0.9,
        interrupted_interviewer=False,
        end_of_turn_probability=0.8,
    )


@dataclass
class Setup:
    """A set-up whose candidate says the next of `says` a while after each thing that asks something."""

    says: list[str] = field(default_factory=list[str])
    store: StoredSetup = field(default_factory=StoredSetup)
    resumed: bool = False
    candidate_is_speaking: bool = False

    def __post_init__(self) -> None:
        async def keep(turn: Turn) -> None:
            del turn

        loop = asyncio.get_running_loop()
        self.voice = ScriptedVoice()
        self.voice.on_speaking = self._answer_later
        transcript = Transcript(epoch=1, started_at=loop.time(), not_before_ms=0, keep=keep)
        self.conversation = Conversation(self.voice, transcript)
        self.conversation.candidate_is_speaking = lambda: self.candidate_is_speaking
        self.shown: list[tuple[SetupDraft, int]] = []
        stored = SetupDraftStored(revision=self.store.revision, draft=self.store.stored)
        self.dialogue = SetupDialogue(
            stored.draft, name="Robin", lines=load_setup_lines(), rng=random.Random(1), resumed=self.resumed
        )
        self.assistant = SetupAssistant(
            self.conversation,
            self.dialogue,
            RuleUnderstanding(),
            DraftKeeper(self.store, stored),
            patience=SetupPatience(silence_sec=8, thinking_time_sec=20),
            delivery=DeliveryChoice(),
            on_change=lambda draft, revision: self.shown.append((draft, revision)),
        )
        self.running: asyncio.Task[SetupEnd] | None = None

    async def run(self) -> SetupEnd:
        return await self.assistant.run()

    def start(self) -> None:
        self.running = asyncio.create_task(self.run())

    async def end(self) -> SetupEnd:
        assert self.running is not None
        return await self.running

    async def stop(self) -> None:
        assert self.running is not None
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running

    def edit(self, **fields: object) -> None:
        self.store.edit(**fields)
        self.assistant.edits.noticed()

    def say(self, text: str) -> None:
        self.conversation.heard_turn(turn_now(text))

    def leave_saying(self, text: str) -> None:
        self.conversation.candidate_left()
        self.conversation.heard_turn(replace(turn_now(text), cut_off=True))

    async def until(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(300):
            while not happened():
                await asyncio.sleep(0.05)

    async def asked(self, what: str) -> None:
        """That was asked for, and its sound has ended."""
        await self.until(lambda: self.dialogue.asked == what and not self.voice.is_speaking)

    def _answer_later(self, said: str) -> None:
        if self.says and "?" in said:
            answer = self.says.pop(0)
            asyncio.get_running_loop().call_later(len(said.split()) * SECONDS_PER_WORD + 1, self.say, answer)


async def test_a_set_up_ends_with_the_interview_that_was_wanted():
    setup = Setup([WHOLE, "Yes, that's right."])
    assert await setup.run() == "confirmed"
    assert setup.store.confirmed == COMPLETE
    assert "Robin" in setup.voice.said[0]
    assert setup.shown[-1][0] == COMPLETE


async def test_each_change_of_the_draft_is_stored_and_shown():
    setup = Setup(["Backend developer.", "Technical.", "Senior.", "Five.", "Go and Postgres.", "Yes."])
    assert await setup.run() == "confirmed"
    assert setup.store.writes == 5
    revisions = [revision for _, revision in setup.shown]
    assert revisions == sorted(revisions)
    assert set(revisions) == set(range(6))


async def test_the_draft_is_stored_before_the_next_question_is_heard():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.until(lambda: len(setup.voice.began) == 2)
    assert setup.store.stored.role == "backend developer"
    await setup.stop()


async def test_a_change_by_hand_is_spoken_about_once_it_has_settled():
    setup = Setup([WHOLE])
    setup.start()
    await setup.asked("confirm")
    before = len(setup.voice.said)
    for level in ("junior", "mid", "junior"):
        setup.edit(level=level)
        await asyncio.sleep(0.5)
    await asyncio.sleep(0.5)
    assert len(setup.voice.said) == before
    await setup.until(lambda: len(setup.voice.said) > before and not setup.voice.is_speaking)
    assert "The level is junior" in setup.voice.said[-1]
    setup.say("Yes.")
    assert await setup.end() == "confirmed"
    assert setup.store.confirmed == COMPLETE.model_copy(update={"level": "junior"})


async def test_who_is_speaking_is_not_interrupted_by_a_change_by_hand():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.candidate_is_speaking = True
    setup.edit(interview_type="behavioral")
    before = len(setup.voice.said)
    await asyncio.sleep(10)
    assert len(setup.voice.said) == before
    setup.candidate_is_speaking = False
    setup.say("Senior.")
    await setup.asked("question_count")
    assert setup.store.stored == SetupDraft(
        role="backend developer", interview_type="behavioral", level="senior", technologies=[]
    )
    await setup.stop()


async def test_a_yes_to_what_was_changed_at_the_same_moment_creates_nothing():
    setup = Setup([WHOLE])
    setup.start()
    await setup.asked("confirm")
    setup.store.edit(question_count=9)
    setup.say("Yes, that's right.")
    await setup.until(lambda: "nine questions" in setup.voice.said[-1] and not setup.voice.is_speaking)
    assert setup.store.confirmed is None
    setup.say("Yes.")
    assert await setup.end() == "confirmed"
    assert setup.store.confirmed == COMPLETE.model_copy(update={"question_count": 9})


async def test_what_is_said_and_changed_by_hand_at_the_same_time_is_both_kept():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.store.edit(level="senior")
    setup.say("Technical.")
    await setup.asked("question_count")
    assert setup.store.stored == SetupDraft(role="backend developer", interview_type="technical", level="senior")
    await setup.stop()


async def test_an_interview_that_cannot_be_stored_now_is_tried_again_on_another_yes():
    setup = Setup([WHOLE])
    setup.start()
    await setup.asked("confirm")
    setup.store.is_away = True
    before = len(setup.voice.said)
    setup.say("Yes.")
    await setup.until(lambda: len(setup.voice.said) > before and not setup.voice.is_speaking)
    assert setup.store.confirmed is None
    setup.store.is_away = False
    setup.say("Yes.")
    assert await setup.end() == "confirmed"


async def test_who_reloads_the_page_hears_the_question_again_and_no_greeting():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.conversation.candidate_left()
    await asyncio.sleep(30)
    before = len(setup.voice.said)
    setup.conversation.candidate_came_back()
    await setup.until(lambda: len(setup.voice.said) > before and not setup.voice.is_speaking)
    assert "Robin" not in setup.voice.said[-1]
    setup.say("Technical.")
    await setup.asked("level")
    await setup.stop()


async def test_who_reloads_the_page_in_the_middle_of_a_word_is_asked_again():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.leave_saying("The thing is that I")
    await asyncio.sleep(3)
    before = len(setup.voice.said)
    setup.conversation.candidate_came_back()
    await setup.until(lambda: len(setup.voice.said) > before and not setup.voice.is_speaking)
    await asyncio.sleep(5)
    assert len(setup.voice.said) == before + 1
    assert setup.store.stored.interview_type is None
    setup.say("Technical.")
    await setup.asked("level")
    await setup.stop()


async def test_what_a_word_that_was_cut_off_has_told_is_kept_and_read_back():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.leave_saying("Technical, with Python and")
    setup.conversation.candidate_came_back()
    await setup.asked("level")
    assert setup.store.stored.interview_type == "technical"
    assert setup.store.stored.technologies == ["Python"]
    await setup.stop()


async def test_a_yes_that_was_cut_off_creates_nothing():
    setup = Setup(["Backend developer.", "Behavioral.", "Senior.", "Five."])
    setup.start()
    await setup.asked("confirm")
    await setup.until(lambda: not setup.voice.is_speaking)
    setup.leave_saying("Yes, but")
    setup.conversation.candidate_came_back()
    await asyncio.sleep(5)
    assert setup.store.confirmed is None
    await setup.stop()


async def test_a_new_job_goes_on_with_the_draft_and_greets_nobody():
    setup = Setup(["Technical."], store=StoredSetup(SetupDraft(role="backend developer")), resumed=True)
    setup.start()
    await setup.asked("level")
    assert not any("Robin" in said for said in setup.voice.said)
    await setup.stop()


async def test_who_says_nothing_at_all_is_left_with_a_draft():
    setup = Setup(["Backend developer."])
    assert await setup.run() == "left"
    assert setup.store.stored == SetupDraft(role="backend developer")
    assert setup.store.confirmed is None


async def test_who_asks_for_a_moment_gets_it():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.say("Give me a second, please.")
    before = len(setup.voice.said)
    await asyncio.sleep(18)
    assert len(setup.voice.said) == before
    setup.say("Technical.")
    await setup.asked("level")
    await setup.stop()


async def test_who_wants_to_stop_is_asked_once():
    setup = Setup(["Backend developer.", "I have to go now.", "Yes."])
    assert await setup.run() == "left"
    assert setup.store.stored == SetupDraft(role="backend developer")


async def test_an_end_from_outside_ends_it_at_once():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.conversation.end()
    with pytest.raises(ConversationOverError):
        await setup.end()


async def test_a_set_up_that_was_confirmed_on_the_page_is_left():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    setup.store.is_over = True
    setup.say("Technical.")
    with pytest.raises(SetupOverError):
        await setup.end()


async def test_an_answer_that_was_not_understood_is_asked_for_again():
    setup = Setup(["Backend developer."])
    setup.start()
    await setup.asked("interview_type")
    before = len(setup.voice.said)
    setup.say("")
    await setup.until(lambda: len(setup.voice.said) > before)
    assert any(setup.voice.said[-1] in load_setup_lines().variants(name) for name in ("not_heard",))
    await setup.stop()
