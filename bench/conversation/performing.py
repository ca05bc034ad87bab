"""The candidate of the bench: gives an answer with its pauses, and disturbs or interrupts the reply to it."""

from dataclasses import dataclass, field

from bench.conversation.scripts import LASTING_SOUNDS, Exchange, PauseKind, Piece
from bench.conversation.sounds import ECHO_DB, gain, television
from tests.support.candidate import Candidate, ClipLibrary, WaitedInVain
from tests.support.candidate.audio import LEAD_SEC, TAIL_SEC, Samples, Span

HOLD_SEC = 10.5
"""Silence after asking for time."""
REACTION_SEC = 0.5
"""Who is cut off while thinking goes on after this long."""
REPLY_WITHIN_SEC = 15.0
REPLY_TO_REQUEST_WITHIN_SEC = 3.0
UTTERANCE_WITHIN_SEC = 30.0
SOUNDING_SEC = 0.05
ENDED_SEC = 1.0
"""An interviewer who is silent for longer has said all; between two sentences it is less."""
FLOOR_SILENCE_SEC = 1.2
"""Both silent: the candidate begins the next answer."""
LASTING_SEC = 2.5
"""How long an echo lasts before an interruption, at least."""
TELEVISION_STAYS_SEC = 2.0
"""The television talks on for so long after the interviewer's words."""


@dataclass(frozen=True)
class Sounded:
    """A sound that the candidate's side made into the interviewer's speech."""

    what: str
    span: Span


@dataclass(frozen=True)
class PlayedPause:
    kind: PauseKind
    planned_sec: float
    span: Span
    """Between the sounds of speech before and after it."""


@dataclass
class Performed:
    """What the candidate did in one exchange, on its own clock. What came of it is measured in the recording."""

    exchange: Exchange
    started_at: float
    hold: Sounded | None = None
    answer: Span = field(default_factory=lambda: Span(0.0, 0.0))
    said: str = ""
    pauses: list[PlayedPause] = field(default_factory=list[PlayedPause])
    pieces: list[Span] = field(default_factory=list[Span])
    replied: bool = False
    disturbance: Sounded | None = None
    interruptions: list[Sounded] = field(default_factory=list[Sounded])
    ended_at: float = 0.0
    times_late: int = 0
    """How often the machine held the microphone up: what was sent has a hole there."""


class Performer:
    """Plays exchanges in one room. Clips are loaded beforehand: decoding would hold up the microphone."""

    def __init__(self, candidate: Candidate, library: ClipLibrary, voice: str) -> None:
        self._candidate = candidate
        self._library = library
        self._voice = voice
        self._television = television(library)

    @staticmethod
    def load(library: ClipLibrary, exchanges: list[Exchange]) -> None:
        for exchange in exchanges:
            named = [piece.clip_id for piece in exchange.pieces]
            for name in (*named, exchange.hold, exchange.disturbance, exchange.interruption):
                if name and name not in LASTING_SOUNDS:
                    sound_of(library, name, exchange.voice)

    async def perform(self, exchange: Exchange) -> Performed:
        """From an open floor to the next one.

        Raises:
            RoomClosed: the interview was over before the exchange was.
        """
        late_before = self._candidate.microphone.times_late
        done = Performed(exchange, started_at=self._candidate.clock.now())
        await self._perform(exchange, done)
        done.ended_at = self._candidate.clock.now()
        done.times_late = self._candidate.microphone.times_late - late_before
        return done

    async def _perform(self, exchange: Exchange, done: Performed) -> None:
        if exchange.hold:
            done.hold = await self._ask_for_time(exchange.hold)
        await self._answer(exchange.pieces, done)
        try:
            await self._candidate.interviewer_speaking(0.02, REPLY_WITHIN_SEC)
        except WaitedInVain:
            return
        done.replied = True
        await self.disturb_and_interrupt(exchange, done)

    async def disturb_and_interrupt(self, exchange: Exchange, done: Performed) -> None:
        """During the interviewer's utterance that is going on; returns when the floor is open."""
        if exchange.disturbance in LASTING_SOUNDS:
            await self._disturb_for_long(exchange, done)
        elif exchange.disturbance and await self._utterance_reaches(exchange.disturb_at_sec):
            span = await self._make_sound(exchange.disturbance)
            done.disturbance = Sounded(exchange.disturbance, span)
        if exchange.interruption:
            heard_until = self._candidate.clock.now() if done.disturbance else self._utterance_start()
            await self._interrupt(exchange.interruption, heard_until + exchange.interrupt_at_sec, done)
        if exchange.interruption_again and done.interruptions and await self._speaks_again():
            again_at = self._utterance_start() + 1.0 + exchange.interrupt_at_sec
            await self._interrupt(exchange.interruption_again, again_at, done)
        await self.floor_is_open()

    async def _interrupt(self, phrase: str, at: float, done: Performed) -> None:
        if await self._utterance_goes_on_until(at):
            clip = self._library.get(phrase, self._voice)
            played = await self._candidate.play(clip.parts[0], label=clip.label, text=clip.text)
            done.interruptions.append(Sounded(phrase, played.span))

    async def _speaks_again(self) -> bool:
        """Whether the interviewer has something to say to an interruption."""
        try:
            await self._candidate.interviewer_speaking(0.3, REPLY_TO_REQUEST_WITHIN_SEC)
        except WaitedInVain:
            return False
        return True

    async def floor_is_open(self) -> None:
        """Nobody has spoken for a while; that nobody speaks at all is a floor, too."""
        candidate = self._candidate

        def both_silent() -> bool:
            now = candidate.clock.now()
            return min(candidate.hearing.silent_for(now), now - candidate.spoke_until) >= FLOOR_SILENCE_SEC

        await candidate.until(both_silent, UTTERANCE_WITHIN_SEC, "silence")

    async def _ask_for_time(self, hold: str) -> Sounded:
        clip = self._library.get(hold, self._voice)
        played = await self._candidate.play(clip.parts[0], label=clip.label, text=clip.text)
        await self._wait(HOLD_SEC)
        await self.floor_is_open()
        return Sounded(hold, played.span)

    async def _answer(self, pieces: tuple[Piece, ...], done: Performed) -> None:
        candidate = self._candidate
        texts: list[str] = []
        for piece in pieces:
            clip = self._library.get(piece.clip_id, self._voice)
            text = clip.spec.parts[piece.part]
            texts.append(text)
            played = await candidate.play(clip.parts[piece.part], label=f"{clip.label}.{piece.part + 1}", text=text)
            done.pieces.append(played.span)
            if piece.pause_kind:
                await self._pause(played.span.end - TAIL_SEC, piece.pause_sec)
        done.answer = Span(done.pieces[0].start, done.pieces[-1].end)
        done.said = " ".join(texts)
        for piece, before, after in zip(pieces, done.pieces, done.pieces[1:], strict=False):
            assert piece.pause_kind is not None
            silent = Span(before.end - TAIL_SEC, after.start + LEAD_SEC)
            done.pauses.append(PlayedPause(piece.pause_kind, piece.pause_sec, silent))

    async def _pause(self, since: float, seconds: float) -> None:
        """As long as planned, or until shortly after the interviewer cuts in: nobody thinks on then."""
        candidate = self._candidate

        def is_over() -> bool:
            now = candidate.clock.now()
            cut_off_at = candidate.hearing.utterance_started
            cut_off = cut_off_at is not None and cut_off_at > since and now - cut_off_at >= REACTION_SEC
            # the next piece starts with the frame after this one, and its speech a little later still
            return cut_off or now >= since + seconds - LEAD_SEC - 0.02

        await candidate.until(is_over, seconds + 5.0, "the end of a pause")

    async def _disturb_for_long(self, exchange: Exchange, done: Performed) -> None:
        candidate, microphone = self._candidate, self._candidate.microphone
        started = candidate.clock.now()
        if exchange.disturbance == "echo":
            microphone.echo_at(gain(ECHO_DB))
        else:
            candidate.loop_background(self._television)
        try:
            if exchange.interruption:
                await self._utterance_goes_on_until(started + LASTING_SEC + exchange.interrupt_at_sec)
            else:
                await self._utterance_ends()
                await self._wait(TELEVISION_STAYS_SEC)
        finally:
            microphone.echo_at(0.0)
            candidate.loop_background(None)
        done.disturbance = Sounded(str(exchange.disturbance), Span(started, candidate.clock.now()))

    async def _make_sound(self, name: str) -> Span:
        """It leaves the floor with the interviewer."""
        before = self._candidate.spoke_until
        played = await self._candidate.play(sound_of(self._library, name, self._voice), label=name)
        self._candidate.spoke_until = before
        return played.span

    def _utterance_start(self) -> float:
        return self._candidate.hearing.utterance_started or self._candidate.clock.now()

    async def _utterance_reaches(self, seconds: float) -> bool:
        return await self._utterance_goes_on_until(self._utterance_start() + seconds)

    async def _utterance_goes_on_until(self, moment: float) -> bool:
        """Waits for that moment, and then for a sound. False: the interviewer has finished before."""
        candidate = self._candidate

        def decided() -> bool:
            now = candidate.clock.now()
            silent_sec = candidate.hearing.silent_for(now)
            return silent_sec > ENDED_SEC or (now >= moment and silent_sec < SOUNDING_SEC)

        await candidate.until(decided, UTTERANCE_WITHIN_SEC, "the interviewer's words to go on")
        return candidate.hearing.silent_for(candidate.clock.now()) < ENDED_SEC

    async def _utterance_ends(self) -> None:
        candidate = self._candidate
        await candidate.until(
            lambda: candidate.hearing.silent_for(candidate.clock.now()) > ENDED_SEC,
            UTTERANCE_WITHIN_SEC,
            "the end of the interviewer's words",
        )

    async def _wait(self, seconds: float) -> None:
        limit = self._candidate.clock.now() + seconds
        await self._candidate.until(lambda: self._candidate.clock.now() >= limit, seconds + 5.0, "time to pass")


def sound_of(library: ClipLibrary, name: str, voice: str) -> Samples:
    """A clip of one part in the candidate's voice, or a noise."""
    own = None if library.index[name].kind == "noise" else voice
    return library.get(name, own).parts[0]
