"""LiveKit's webhook: hints for the sweep. Nothing is believed of it but that something changed."""

import structlog
from fastapi import APIRouter, Request, status
from google.protobuf.json_format import ParseError
from livekit import api

from storage.errors import UnauthenticatedError
from token_server.auth.dependencies import ServicesNow
from token_server.errors import ProblemError

router = APIRouter(prefix="/livekit", tags=["livekit"])
HINTS = frozenset({"participant_left", "participant_connection_aborted", "room_finished"})
log = structlog.get_logger()


@router.post("/webhook", status_code=status.HTTP_204_NO_CONTENT)
async def take_webhook(request: Request, services: ServicesNow) -> None:
    """Signed by LiveKit with our API key, over the digest of the body."""
    settings = services.settings
    verifier = api.TokenVerifier(settings.livekit_api_key, settings.livekit_api_secret.get_secret_value())
    signature = request.headers.get("authorization", "").removeprefix("Bearer ")
    try:
        body = (await request.body()).decode()
        event = api.WebhookReceiver(verifier).receive(body, signature)
    except (ParseError, UnicodeDecodeError) as error:
        raise ProblemError("validation_failed") from error
    except Exception as error:  # livekit.api raises bare Exception for a wrong digest, PyJWT's errors for a wrong key
        raise UnauthenticatedError from error
    log.info("livekit_webhook", webhook_event=event.event, room=event.room.name)
    if event.event in HINTS:
        services.sweep.hint()
