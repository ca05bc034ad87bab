"""Verifying what worker and assessor send: short-lived JWTs, as storage/models/worker_api.py describes them."""

import time
from dataclasses import dataclass
from typing import Literal, cast, get_args

import jwt

from storage.errors import UnauthenticatedError
from storage.models.worker_api import WORKER_AUDIENCE

CallerKind = Literal["worker", "assessor", "attempt", "setup"]
MAX_LIFETIME_SEC = 600
LEEWAY_SEC = 30


@dataclass(frozen=True, slots=True)
class WorkerCaller:
    kind: CallerKind
    id: str


def verify_worker_token(token: str, secret: str) -> WorkerCaller:
    """
    Raises:
        UnauthenticatedError
    """
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=WORKER_AUDIENCE,
            leeway=LEEWAY_SEC,
            options={"require": ["exp", "sub", "aud"]},
        )
    except jwt.InvalidTokenError as error:
        raise UnauthenticatedError from error
    if float(claims["exp"]) > time.time() + MAX_LIFETIME_SEC + LEEWAY_SEC:
        raise UnauthenticatedError
    kind, _, caller_id = str(claims["sub"]).partition(":")
    if kind not in get_args(CallerKind) or not caller_id:
        raise UnauthenticatedError
    return WorkerCaller(cast(CallerKind, kind), caller_id)
