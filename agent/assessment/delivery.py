"""How it was said, measured from word times. Facts with units; the rules in categories.py say what they count for."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.assessment.answers import Answer
from agent.assessment.cues import HEDGES
from agent.assessment.words import FILLERS, word_set, words_of
from storage.models.attempt import Measurements
from storage.models.feedback import Delivery
from storage.models.transcript import Turn

RECOGNISERS_THAT_KEEP_FILLERS = frozenset({"deepgram"})
FEWEST_WORDS_FOR_A_PACE = 20
LONG_PAUSE_MS = 3000
QUESTION_ACTS = frozenset({"question", "follow_up", "rephrase", "hint", "nudge", "repeat"})
ANSWER_INTENTS = frozenset({"answer", "other", None})
_SAID_TWICE_ON_PURPOSE = word_set("that had very really no yes bye so much far")


@dataclass(frozen=True)
class Manner:
    """Counts behind the confidence category, over all that was said in answers."""

    words: int
    hedges: int
    restarts: int
    long_pauses: int | None
    """None without word times."""


def measure_delivery(turns: Sequence[Turn], measurements: Measurements) -> Delivery:
    """Over all candidate turns that belong to a question."""
    answers = [turn for turn in turns if turn.speaker == "candidate" and turn.question_id is not None]
    talk_ms = sum(_spoken_ms(turn) for turn in answers)
    words = [word for turn in answers for word in words_of(turn.text)]
    fillers = sum(word in FILLERS for word in words)
    minutes = talk_ms / 60_000
    enough = len(words) - fillers >= FEWEST_WORDS_FOR_A_PACE and minutes > 0
    keeps_fillers = measurements.stages.get("stt", "").partition(":")[0] in RECOGNISERS_THAT_KEEP_FILLERS
    pauses = pauses_ms(turns)
    delays = _response_delays_ms(turns)
    return Delivery(
        words_per_minute=round((len(words) - fillers) / minutes, 1) if enough else None,
        filler_words_per_minute=round(fillers / minutes, 1) if enough and keeps_fillers else None,
        longest_pause_sec=round(max(pauses) / 1000, 1) if pauses else None,
        mean_response_delay_sec=round(sum(delays) / len(delays) / 1000, 1) if delays else None,
        talk_time_sec=round(talk_ms / 1000, 1),
    )


def pauses_ms(turns: Sequence[Turn]) -> list[int]:
    """Silences inside answers: between the words of a turn, and between two turns that nobody spoke in between."""
    pauses: list[int] = []
    for turn in turns:
        if turn.speaker == "candidate" and turn.question_id is not None and turn.words:
            pauses += [max(0, after.started_ms - before.ended_ms) for before, after in pairwise(turn.words)]
    for before, after in pairwise(turns):
        same = before.speaker == after.speaker == "candidate" and before.question_id == after.question_id is not None
        if same and before.words and after.words:
            pauses.append(max(0, after.words[0].started_ms - before.words[-1].ended_ms))
    return pauses


def measure_manner(answers: Sequence[Answer], turns: Sequence[Turn]) -> Manner:
    spoken = [one for answer in answers for one in answer.turns]
    return Manner(
        words=sum(answer.word_count for answer in answers),
        hedges=sum(len(certain_hedges(answer)) for answer in answers),
        restarts=sum(_restarts([token.word for token in one.tokens]) for one in spoken),
        long_pauses=sum(pause >= LONG_PAUSE_MS for pause in pauses_ms(turns)) if any(t.words for t in turns) else None,
    )


def certain_hedges(answer: Answer) -> list[tuple[int, re.Match[str]]]:
    """Hedges with the seq of their turn. Words that the recogniser was unsure of are no evidence of hedging."""
    found: list[tuple[int, re.Match[str]]] = []
    for spoken in answer.turns:
        for match in HEDGES.finditer(spoken.turn.text):
            inside = [i for i, token in enumerate(spoken.tokens) if match.start() <= token.start < match.end()]
            if not any(spoken.is_doubtful(i) for i in inside):
                found.append((spoken.turn.seq, match))
    return found


def _restarts(words: Sequence[str]) -> int:
    plain = [word for word in words if word not in FILLERS]
    return sum(one == other and one not in _SAID_TWICE_ON_PURPOSE for one, other in pairwise(plain))


def _spoken_ms(turn: Turn) -> int:
    if turn.words:
        return turn.words[-1].ended_ms - turn.words[0].started_ms
    return turn.ended_ms - turn.started_ms


def _response_delays_ms(turns: Sequence[Turn]) -> list[int]:
    """From the end of what the interviewer asked to the first word of the answer that follows."""
    return [
        max(0, (after.words[0].started_ms if after.words else after.started_ms) - before.ended_ms)
        for before, after in pairwise(turns)
        if before.speaker == "interviewer"
        and before.act in QUESTION_ACTS
        and not before.interrupted
        and after.speaker == "candidate"
        and after.question_id == before.question_id
        and after.intent in ANSWER_INTENTS
    ]


def most_frequent_hedge(answers: Sequence[Answer]) -> str | None:
    counted = Counter(match.group().lower() for answer in answers for _, match in certain_hedges(answer))
    return min(counted, key=lambda hedge: (-counted[hedge], hedge)) if counted else None
