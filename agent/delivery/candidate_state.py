"""How the candidate is doing, from how they speak. It moves the interviewer's delivery and nothing else: no score.

Evidence comes from each turn of the transcript, is 0 (at ease) to 1 (in trouble), and is smoothed over turns. What a
sign counts from and where it counts in full:

| sign | from | in full | source |
|---|---|---|---|
| share of an answer in silences over 1 s | 10 % | 35 % | 1 s: Campione and Véronis 2002, pauses of three kinds |
| words said again, per 100 words | 3 | 8 | Bortfeld et al. 2001: 1.5 repeats and 1.9 restarts are usual |
| fillers per 100 words | 4 | 10 | Bortfeld et al. 2001: 2.6 are usual |
| words a minute, pauses included | 210 | 260 | Tauroza and Allison 1990: interviews 160–210, from 250 on very fast |
| seconds until the answer begins | 4 | 10 | ours: half of the wait until a question is put in simpler words |

The shares between are ours, too: no study says how an interviewer should sound after how many pauses.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from typing import Literal

from agent.assessment.words import FILLERS, words_of
from storage.models.transcript import Intent, Turn, Word

Ease = Literal["at_ease", "strained", "struggling"]

LONG_PAUSE_MS = 1000
_DOUBTFUL_BELOW = 0.5
"""Confidence of a word: what was perhaps misheard is no stumbling."""
_FEWEST_WORDS = 8
"""Of a shorter turn neither pauses nor tempo say anything."""
_MANY_WORDS = 12
"""As for follow-ups: a shorter answer is a short one."""
_ASKED_ACTS = frozenset({"question", "follow_up", "rephrase", "hint", "repeat"})
_SAID_BY: dict[Intent, float] = {"dont_know": 0.85, "hint": 0.7, "skip": 0.6, "hold": 0.5, "repeat": 0.3}
"""Evidence of what somebody asks for. A repeat may only mean that it was hard to hear."""
_SILENCE = 0.8
"""The question had to be put in simpler words, because nothing came."""
_WEIGHT, _WEIGHT_OF_LITTLE = 0.5, 0.25
"""Share of the newest evidence in the level: two turns like each other make three quarters of it."""
_STRAINED_FROM, _STRUGGLING_FROM = 0.35, 0.6
_HYSTERESIS = 0.1
"""A state ends so far below the level at which it began, so that the voice doesn't flutter."""


class CandidateState:
    """Fed with every turn of the transcript, of both speakers, in order."""

    def __init__(self) -> None:
        self.level = 0.0
        """Smoothed evidence: 0 at ease, 1 in trouble."""
        self.ease: Ease = "at_ease"
        self._asked_until_ms: int | None = None

    def heard(self, turn: Turn) -> None:
        if turn.speaker == "interviewer":
            self._asked_until_ms = turn.ended_ms if turn.act in _ASKED_ACTS and not turn.interrupted else None
            if turn.act == "rephrase":
                self._take(_SILENCE, _WEIGHT)
            return
        asked_until_ms, self._asked_until_ms = self._asked_until_ms, None
        if turn.question_id is None:
            return
        if turn.intent in _SAID_BY:
            self._take(_SAID_BY[turn.intent], _WEIGHT)
        elif turn.intent == "answer":
            self._take(evidence_of(turn, asked_until_ms), _weight(turn))

    def _take(self, evidence: float, weight: float) -> None:
        self.level += weight * (evidence - self.level)
        struggling_from = _STRUGGLING_FROM - (_HYSTERESIS if self.ease == "struggling" else 0.0)
        strained_from = _STRAINED_FROM - (_HYSTERESIS if self.ease != "at_ease" else 0.0)
        if self.level >= struggling_from:
            self.ease = "struggling"
        else:
            self.ease = "strained" if self.level >= strained_from else "at_ease"


def evidence_of(answer: Turn, asked_until_ms: int | None) -> float:
    """How much trouble an answer sounds like: any strong sign is enough, several weak ones add up.

    Args:
        asked_until_ms: when the question ended; None where the answer wasn't the next thing said.
    """
    words = answer.words or []
    started_ms = words[0].started_ms if words else answer.started_ms
    signs = [0.0 if asked_until_ms is None else _between((started_ms - asked_until_ms) / 1000, 4.0, 10.0)]
    spoken = words_of(" ".join(word.text for word in words if word.confidence >= _DOUBTFUL_BELOW) or answer.text)
    if len(spoken) >= _FEWEST_WORDS:
        per_hundred = 100 / len(spoken)
        signs += [
            _between(_said_again(spoken) * per_hundred, 3.0, 8.0),
            _between(sum(word in FILLERS for word in spoken) * per_hundred, 4.0, 10.0),
        ]
    if len(words) >= _FEWEST_WORDS:
        signs += [_between(_long_pause_share(words), 0.10, 0.35), _between(_words_per_minute(words), 210.0, 260.0)]
    return 1.0 - prod(1.0 - sign for sign in signs)


def _weight(answer: Turn) -> float:
    return _WEIGHT if len(answer.text.split()) >= _MANY_WORDS else _WEIGHT_OF_LITTLE


def _between(value: float, start: float, full: float) -> float:
    return min(1.0, max(0.0, (value - start) / (full - start)))


def _said_again(words: Sequence[str]) -> int:
    """Words said twice running, and pairs of words said twice: "I I was", "we had we had"."""
    plain = [word for word in words if word not in FILLERS]
    once = sum(one == other for one, other in pairwise(plain))
    pairs = list(pairwise(plain))
    return once + sum(one == other and one[0] != one[1] for one, other in zip(pairs, pairs[2:], strict=False))


def _long_pause_share(words: Sequence[Word]) -> float:
    gaps_ms = (after.started_ms - before.ended_ms for before, after in pairwise(words))
    return sum(gap for gap in gaps_ms if gap > LONG_PAUSE_MS) / _length_ms(words)


def _words_per_minute(words: Sequence[Word]) -> float:
    return len(words) * 60_000 / _length_ms(words)


def _length_ms(words: Sequence[Word]) -> int:
    return max(1, words[-1].ended_ms - words[0].started_ms)
