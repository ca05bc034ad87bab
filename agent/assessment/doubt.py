"""How unsure the recogniser was in the answers of an attempt."""

from agent.assessment.findings import MUCH_DOUBT
from agent.assessment.interview import JudgedInterview
from storage.models.feedback import RecogniserDoubt


def doubt_of(interview: JudgedInterview) -> RecogniserDoubt:
    """Over the words that were judged. Much doubt: from the share on that a single answer isn't criticised from."""
    turns = [spoken for judgement in interview.judgements for spoken in judgement.answer.turns]
    words = sum(len(spoken.tokens) for spoken in turns)
    share = sum(spoken.doubtful_count for spoken in turns) / words if words else 0.0
    return RecogniserDoubt(
        share=round(share, 3),
        much=share >= MUCH_DOUBT,
        turn_seqs=[
            spoken.turn.seq for spoken in turns if spoken.doubtful_count >= MUCH_DOUBT * max(1, len(spoken.tokens))
        ],
    )
