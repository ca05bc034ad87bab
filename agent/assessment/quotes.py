"""A quote counts only when its words stand, in their order, in the one turn it claims to be from."""

from collections.abc import Sequence

from agent.assessment.spoken import SpokenTurn
from agent.assessment.words import Span, fluent, words_of
from storage.models.feedback import Evidence


def locate(quote: str, spoken: SpokenTurn) -> Span | None:
    """Where the quote stands in the turn. Case, space, punctuation and fillers don't count; every word does."""
    wanted = words_of(fluent(quote))
    said = [token.word for token in spoken.tokens]
    if not wanted:
        return None
    starts = range(len(said) - len(wanted) + 1)
    return next((Span(at, at + len(wanted)) for at in starts if said[at : at + len(wanted)] == wanted), None)


def verified(evidence: Evidence, turns: Sequence[SpokenTurn]) -> Evidence | None:
    """The evidence with the turn's own spelling and time, or None when it isn't in that turn."""
    for spoken in turns:
        if spoken.turn.seq == evidence.turn_seq and spoken.turn.speaker == "candidate":
            span = locate(evidence.quote, spoken)
            return spoken.evidence(span) if span is not None else None
    return None


def keep_verified(evidence: Sequence[Evidence], turns: Sequence[SpokenTurn]) -> list[Evidence]:
    return [found for item in evidence if (found := verified(item, turns)) is not None]
