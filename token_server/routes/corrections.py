"""What a candidate says they said, where the recogniser misheard them."""

from typing import Annotated

from fastapi import APIRouter, Depends, status

from storage.errors import NotFoundError
from storage.models.transcript import Turn, TurnCorrection
from token_server.auth.dependencies import OwnedAttempt, ServicesNow, SignedInUser
from token_server.errors import ProblemError
from token_server.jobs import OPEN
from token_server.schemas.attempts import CorrectionBody
from token_server.schemas.problem import InvalidField

router = APIRouter(prefix="/attempts/{attempt_id}/turns/{seq}/correction", tags=["attempts"])
STILL_OPEN = "What you said can be corrected once the interview is over."
NOT_YOUR_TURN = "was said by the interviewer; only what you said yourself can be corrected"


async def _own_turn(seq: int, attempt: OwnedAttempt, user: SignedInUser) -> Turn:
    if attempt.status in OPEN:
        raise ProblemError("attempt_open", STILL_OPEN, attempt_id=attempt.id)
    found = await user.view.turns(attempt.id, after_seq=seq - 1, limit=1)
    if not found.items or found.items[0].seq != seq:
        raise NotFoundError
    if found.items[0].speaker != "candidate":
        raise ProblemError("validation_failed", errors=[InvalidField(field="seq", message=NOT_YOUR_TURN)])
    return found.items[0]


OwnTurn = Annotated[Turn, Depends(_own_turn)]


@router.put("")
async def correct_turn(
    body: CorrectionBody, turn: OwnTurn, attempt: OwnedAttempt, services: ServicesNow
) -> TurnCorrection:
    """Kept beside what was recognised, which never changes. Putting another replaces it.

    Feedback stays as it is and says `corrections_since`, until it is asked for again.
    """
    return await services.store.correct_turn(attempt.id, turn.seq, body.text)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT)
async def take_back_correction(turn: OwnTurn, attempt: OwnedAttempt, services: ServicesNow) -> None:
    """What was recognised counts again. Also 204 when nothing was corrected."""
    await services.store.take_back_correction(attempt.id, turn.seq)
