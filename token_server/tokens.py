"""Participant tokens: what lets one candidate into one room, with a microphone and nothing else."""

from datetime import datetime, timedelta

from livekit import api

from storage.models.room import attempt_room, candidate_identity, setup_room
from token_server.schemas.attempts import Connection
from token_server.settings import TokenServerSettings


def attempt_connection(
    settings: TokenServerSettings, *, attempt_id: str, user_id: str, display_name: str, now: datetime
) -> Connection:
    """The caller has checked that the attempt is this user's, and open."""
    return _connection(settings, attempt_room(attempt_id), user_id, display_name, now)


def setup_connection(
    settings: TokenServerSettings, *, setup_id: str, user_id: str, display_name: str, now: datetime
) -> Connection:
    """The caller has checked that the set-up is this user's, and live."""
    return _connection(settings, setup_room(setup_id), user_id, display_name, now)


def _connection(settings: TokenServerSettings, room: str, user_id: str, display_name: str, now: datetime) -> Connection:
    lifetime = timedelta(seconds=settings.participant_token_sec)
    identity = candidate_identity(user_id)
    grants = api.VideoGrants(
        room_join=True,
        room=room,
        can_publish=True,
        can_publish_sources=["microphone"],
        can_subscribe=True,
        can_publish_data=False,
        can_update_own_metadata=False,
    )
    participant_token = (
        api.AccessToken(settings.livekit_api_key, settings.livekit_api_secret.get_secret_value())
        .with_identity(identity)
        .with_name(display_name)
        .with_grants(grants)
        .with_ttl(lifetime)
        .to_jwt()
    )
    return Connection(
        server_url=settings.server_url,
        participant_token=participant_token,
        room_name=room,
        participant_identity=identity,
        expires_at=now + lifetime,
    )
