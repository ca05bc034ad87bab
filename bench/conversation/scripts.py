"""What the candidate will do, drawn once with a fixed seed: answers with pauses, disturbances, interruptions.

One exchange is an answer and what happens during the interviewer's reply to it. Every conversation has some of
everything, so that a run that is stopped early still says something about each figure.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Literal

from tests.support.candidate.clips import ClipIndex, ClipKind

PauseKind = Literal["clause", "open", "sentence"]
"""What was said before the pause: a clause without its end; a filler, conjunction or open list; a whole sentence."""

SEED = 4
LEAST_PAUSES = 7
"""Of a long answer."""
PAUSING = (True, False, True, False, False)
"""Of each five conversations, which are with somebody who pauses in each answer; the others don't pause in any. People
have their habits, and the wait follows them. Answers with pauses take more than twice as long, and one of them has
seven."""
PAUSE_BLOCK: tuple[tuple[float, float], ...] = ((0.5, 1.0), (0.5, 1.0), (1.0, 2.0), (1.0, 2.0), (2.0, 3.0))
"""Of each five pauses of a kind two are short, two middling, one long: 40 %, 40 %, 20 %."""
DISTURB_AT_SEC = (1.6, 2.2)
"""The acknowledgement is over by then, and something of substance is being said."""
INTERRUPT_AT_SEC = (0.5, 1.3)
OPEN_ENDS = frozenset("and but or so because since with which like that um uh".split())  # noqa: SIM905  # a list of words

BRIEF_SOUNDS = ("mhm", "okay", "right", "yeah", "laugh", "cough", "keyboard")
LASTING_SOUNDS = ("echo", "television")
FLOOR_PHRASES = ("wait", "stop", "sorry-interrupt", "hold-on", "stop-you", "not-finished")
"""Interruptions after which the candidate goes on by itself."""
REQUESTS = ("actually", "repeat-please", "excuse-me")
"""Interruptions after which the interviewer has something to say."""


@dataclass(frozen=True)
class Piece:
    """One file of a clip, and the pause after it; None after the last one of an answer."""

    clip_id: str
    part: int
    pause_kind: PauseKind | None = None
    pause_sec: float = 0.0


@dataclass(frozen=True)
class Exchange:
    key: str
    conversation: int
    voice: str
    is_long: bool
    pieces: tuple[Piece, ...]
    """None for the greeting, which is only disturbed and interrupted."""
    hold: str | None
    """Asks for time before the answer."""
    disturbance: str | None
    """A sound during the reply that doesn't want the floor."""
    interruption: str | None
    """Said into the reply to get the floor."""
    disturb_at_sec: float
    """Into the interviewer's utterance."""
    interrupt_at_sec: float
    """Into the utterance, or after the disturbance where there is one."""
    interruption_again: str | None = None
    """Said into what the interviewer has to say to the first one."""


def pause_kind(said_before: str) -> PauseKind:
    """By the words before the pause."""
    if said_before.rstrip().endswith((".", "?", "!")):
        return "sentence"
    last = said_before.rstrip(" ,").split()[-1].lower()
    return "open" if said_before.rstrip().endswith(",") or last in OPEN_ENDS else "clause"


class _Deck:
    """Draws in shuffled rounds: everything once before anything comes twice."""

    def __init__(self, rng: random.Random, cards: list[str]) -> None:
        self._rng, self._cards, self._left = rng, cards, list[str]()

    def draw(self, fits: Callable[[str], bool]) -> str:
        """The next card that fits; those that don't stay for later."""
        while True:
            for card in self._left:
                if fits(card):
                    self._left.remove(card)
                    return card
            fresh = list(self._cards)
            self._rng.shuffle(fresh)
            self._left += fresh


class _Answers:
    """Makes answers in one voice; kinds and lengths of pauses stay in balance over all that one plan makes."""

    def __init__(self, index: ClipIndex, rng: random.Random) -> None:
        self._index, self._rng = index, rng
        self._given: dict[PauseKind, int] = {"clause": 0, "open": 0, "sentence": 0}
        self._lengths: dict[PauseKind, Iterator[float]] = {kind: self._pause_lengths() for kind in self._given}
        test = [clip for clip in index.clips if clip.set in ("test", "both")]
        broken = [clip for clip in test if clip.kind == "unfinished"]
        in_clause = [clip for clip in broken if "clause" in map(pause_kind, clip.parts)]
        self._decks = {
            "clause": self._deck([clip.id for clip in in_clause]),
            "open": self._deck([clip.id for clip in broken if clip not in in_clause]),
            "trailing": self._deck([clip.id for clip in test if clip.kind == "trailing"]),
            "sentence": self._deck(
                [f"{clip.id}:{part}" for clip in test if clip.kind == "long" for part in range(len(clip.parts))]
            ),
            "complete": self._deck([clip.id for clip in test if clip.kind == "answer"]),
        }

    def short(self, voice: str) -> tuple[Piece, ...]:
        return (Piece(self._decks["complete"].draw(lambda card: is_said_in(self._index, voice, card)), 0),)

    def long(self, voice: str, least_pauses: int) -> tuple[Piece, ...]:
        """Ends in a complete sentence."""
        pieces: list[Piece] = []
        while True:
            fragments = self._next_fragments(voice)
            pieces += fragments
            if len(pieces) > least_pauses and self._kind_after(fragments[-1]) == "sentence":
                self._given["sentence"] -= 1  # the end of the answer is no pause
                return (*(self._with_pause(piece) for piece in pieces[:-1]), pieces[-1])

    def _next_fragments(self, voice: str) -> list[Piece]:
        """Something whose pauses are the most wanted now."""
        wanted = min(self._given, key=lambda kind: (self._given[kind], self._rng.random()))
        name = {"clause": "clause", "open": self._rng.choice(("open", "trailing")), "sentence": "sentence"}[wanted]
        clip_id, _, part = self._decks[name].draw(lambda card: is_said_in(self._index, voice, card)).partition(":")
        parts = [int(part)] if part else range(len(self._index[clip_id].parts))
        fragments = [Piece(clip_id, number) for number in parts]
        for fragment in fragments:
            self._given[self._kind_after(fragment)] += 1
        return fragments

    def _kind_after(self, piece: Piece) -> PauseKind:
        return pause_kind(self._index[piece.clip_id].parts[piece.part])

    def _with_pause(self, piece: Piece) -> Piece:
        kind = self._kind_after(piece)
        return Piece(piece.clip_id, piece.part, kind, next(self._lengths[kind]))

    def _pause_lengths(self) -> Iterator[float]:
        while True:
            block = list(PAUSE_BLOCK)
            self._rng.shuffle(block)
            for low, high in block:
                yield round(self._rng.uniform(low, high), 2)

    def _deck(self, cards: list[str]) -> _Deck:
        return _Deck(self._rng, cards)


def plan_exchanges(index: ClipIndex, *, conversations: int, exchanges: int) -> list[Exchange]:
    """All exchanges, conversation by conversation, each in one voice.

    A plan of fewer conversations is the beginning of a longer one, and so is its first conversation.

    Args:
        exchanges: of one conversation.
    """
    rng = random.Random(SEED)
    answers = _Answers(index, rng)
    voices = index.voices["test"]
    holds = {voice: iter(_ids(index, voice, "hold")) for voice in voices}
    lasting, brief = cycle((*LASTING_SOUNDS, "echo")), _Deck(rng, list(BRIEF_SOUNDS))
    phrases = _Deck(rng, [*FLOOR_PHRASES, *FLOOR_PHRASES, *REQUESTS])
    again = _Deck(rng, list(FLOOR_PHRASES))
    planned: list[Exchange] = []
    for conversation in range(conversations):
        voice, is_long = voices[conversation % len(voices)], PAUSING[conversation % len(PAUSING)]

        def said(card: str, voice: str = voice) -> bool:
            return is_said_in(index, voice, card)

        planned.append(
            Exchange(
                key=f"{conversation:02d}-greeting.{voice}",
                conversation=conversation,
                voice=voice,
                is_long=False,
                pieces=(),
                hold=None,
                disturbance=brief.draw(said),
                interruption=phrases.draw(said),
                disturb_at_sec=sum(DISTURB_AT_SEC) / 2,
                interrupt_at_sec=sum(INTERRUPT_AT_SEC) / 2,
            )
        )
        for number in range(exchanges):
            sound = next(lasting) if number % 4 == 3 else brief.draw(said)
            # a television needs the whole utterance
            phrase = None if sound == "television" else phrases.draw(said)
            planned.append(
                Exchange(
                    key=f"{conversation:02d}-{number:02d}.{voice}",
                    conversation=conversation,
                    voice=voice,
                    is_long=is_long,
                    pieces=answers.long(voice, LEAST_PAUSES + (number % 2 == 0)) if is_long else answers.short(voice),
                    hold=next(holds[voice], None) if number % 5 == 1 else None,
                    disturbance=sound,
                    interruption=phrase,
                    interruption_again=again.draw(said) if phrase in REQUESTS else None,
                    disturb_at_sec=round(rng.uniform(*DISTURB_AT_SEC), 2),
                    interrupt_at_sec=round(rng.uniform(*INTERRUPT_AT_SEC), 2),
                )
            )
    return planned


def pauses_of(exchanges: list[Exchange]) -> list[Piece]:
    return [piece for exchange in exchanges for piece in exchange.pieces if piece.pause_kind]


def _ids(index: ClipIndex, voice: str, kind: ClipKind) -> list[str]:
    return [clip.id for clip in index.clips if clip.kind == kind and voice in index.voices_of(clip)]


def is_said_in(index: ClipIndex, voice: str, card: str) -> bool:
    """Noises are made by code and belong to nobody."""
    clip = index[card.partition(":")[0]]
    return clip.kind == "noise" or voice in index.voices_of(clip)
