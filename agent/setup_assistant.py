"""The spoken set-up in a room: says what the dialogue says, hears what comes back, keeps the draft stored."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import structlog

from agent.conversation import Conversation, Topic
from agent.conversation import Heard as HeardInRoom
from agent.delivery.choice import DeliveryChoice
from agent.listening.turns import CandidateTurn
from agent.setup.dialogue import SetupDialogue
from agent.setup.found import Asked
from agent.setup.heard import Heard
from agent.setup.keeping import DraftKeeper
from agent.setup.reply import Reply
from agent.setup.understanding import Understanding
from agent.token_server_errors import SetupOverError, TokenServerError
from storage.models.setup import SetupConfirmed, SetupDraft
from storage.models.transcript import Intent

log = structlog.get_logger()

SetupEnd = Literal["confirmed", "left"]
_TOPIC = Topic()
_EDITS_SETTLE_SEC = 1.5
"""Somebody who types a role changes the draft several times. Only when they pause is anything said about it."""


@dataclass(frozen=True, slots=True)
class SetupPatience:
    silence_sec: float
    """Silence after a question until it is asked again."""
    thinking_time_sec: float
    """Silence for who asks for a moment."""


class Edits:
    """Changes by hand that the conversation hasn't looked at."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._noticed_at = 0.0

    def noticed(self) -> None:
        self._noticed_at = asyncio.get_running_loop().time()
        self._news.set()

    def take(self) -> bool:
        """Whether there were any."""
        there = self._news.is_set()
        self._news.clear()
        return there

    async def settled(self) -> None:
        """Waits for a change, and then for a pause in the changes."""
        loop = asyncio.get_running_loop()
        await self._news.wait()
        while (left_sec := self._noticed_at + _EDITS_SETTLE_SEC - loop.time()) > 0:  # noqa: ASYNC110  # no event ends a pause
            await asyncio.sleep(left_sec)


class SetupAssistant:
    """Holds one set-up conversation.

    Args:
        on_change: called with each draft that is stored, and its revision.
        on_asked: called before each thing that is said, with what it asks and the draft.
    """

    def __init__(
        self,
        conversation: Conversation,
        dialogue: SetupDialogue,
        understanding: Understanding,
        keeper: DraftKeeper,
        *,
        patience: SetupPatience,
        delivery: DeliveryChoice,
        on_change: Callable[[SetupDraft, int], None] = lambda draft, revision: None,
        on_asked: Callable[[Asked, SetupDraft], None] = lambda asked, draft: None,
    ) -> None:
        self._conversation = conversation
        self._dialogue = dialogue
        self._understanding = understanding
        self._keeper = keeper
        self._patience = patience
        self._delivery = delivery
        self._on_change = on_change
        self._on_asked = on_asked
        self._silence_sec = patience.silence_sec
        self.edits = Edits()

    async def run(self) -> SetupEnd:
        """Returns how it ended.

        Raises:
            ConversationOverError: it was ended from outside.
            SetupOverError: the set-up is confirmed or abandoned already.
        """
        reply = self._dialogue.open()
        while True:
            reply = await self._stored(reply)
            self._on_asked(self._dialogue.asked, self._dialogue.draft)
            await self._say(reply)
            match reply.step:
                case "leave":
                    return "left"
                case "create":
                    confirmed = await self._create()
                    if isinstance(confirmed, SetupConfirmed):
                        await self._say(self._dialogue.created())
                        return "confirmed"
                    reply = confirmed
                case "listen":
                    reply = await self._listen()

    async def _say(self, reply: Reply) -> None:
        if not reply.text:
            return
        spoken = await self._conversation.say(
            reply.text, act=reply.act, style=self._delivery.style_for(reply.situation), topic=_TOPIC
        )
        self._dialogue.spoken(spoken.text, interrupted=spoken.interrupted)

    async def _stored(self, reply: Reply) -> Reply:
        """Stores what the last turn changed. What was changed by hand at the same moment changes the reply."""
        before = self._dialogue.draft
        stored = await self._keeper.store(before)
        if stored != before:
            reply = self._dialogue.edited(stored) or reply
        self._on_change(stored, self._keeper.revision)
        return reply

    async def _create(self) -> SetupConfirmed | Reply:
        draft = self._dialogue.draft
        try:
            made = await self._keeper.confirm(draft)
        except SetupOverError:
            raise
        except TokenServerError as error:
            log.warning("setup_not_confirmed", error=str(error))
            return self._dialogue.not_created()
        if isinstance(made, SetupConfirmed):
            return made
        return self._dialogue.edited(made) or self._dialogue.not_created()

    # -- listening

    async def _listen(self) -> Reply:
        """What to say to the next thing that happens: a turn, silence, a return, a change by hand."""
        listening = asyncio.ensure_future(
            self._conversation.listen(topic=_TOPIC, silence_sec=self._silence_sec, reads=_as_answer)
        )
        try:
            while True:
                settled = asyncio.ensure_future(self.edits.settled())
                try:
                    await asyncio.wait((listening, settled), return_when=asyncio.FIRST_COMPLETED)
                finally:
                    settled.cancel()
                if listening.done():
                    return await self._after(listening.result())
                if self._conversation.candidate_is_speaking():
                    # they are heard first; the reply heeds both
                    return await self._after(await listening)
                reply = await self._after_edit()
                if reply is not None:
                    return reply
        finally:
            listening.cancel()

    async def _after_edit(self) -> Reply | None:
        self.edits.take()
        draft = await self._keeper.read(self._dialogue.draft)
        reply = self._dialogue.edited(draft)
        self._on_change(draft, self._keeper.revision)
        return reply

    async def _after(self, happened: HeardInRoom) -> Reply:
        if self.edits.take():
            self._dialogue.adopt(await self._keeper.read(self._dialogue.draft))
        self._silence_sec = self._patience.silence_sec
        if happened.returned:
            return self._dialogue.returned(await self._understood(happened.cut_off) if happened.cut_off else None)
        if happened.unclear:
            return self._dialogue.unclear()
        if happened.turn is None:
            return self._after_command(happened)
        heard = await self._understood(happened.text)
        if heard.wish == "wait":
            self._silence_sec = self._patience.thinking_time_sec
        return self._dialogue.heard(heard)

    async def _understood(self, said: str) -> Heard:
        return await self._understanding.understand(said, self._dialogue.draft, self._dialogue.asked)

    def _after_command(self, happened: HeardInRoom) -> Reply:
        if happened.silent:
            return self._dialogue.silent()
        return self._dialogue.heard(Heard(wish="stop" if happened.intent == "stop" else "repeat"))


def _as_answer(turn: CandidateTurn) -> Intent | None:
    """Every turn is read by the set-up's own understanding."""
    return "answer" if turn.text else None
