"""Access tokens of hosted Supabase: ES256, by the keys that it publishes."""

import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from storage.errors import UnauthenticatedError
from token_server.auth.access_tokens import JWKS_LIFETIME_SEC, JWKS_MIN_REFETCH_SEC, JwksVerifier

pytestmark = pytest.mark.unit

ISSUER = "https://project.supabase.example/auth/v1"
USER = "0b0e7a5e-0c1d-4a65-9a43-0d4a3a5f4a11"


class Hosted:
    """An auth service with keys that can be rotated."""

    def __init__(self) -> None:
        self.keys: dict[str, ec.EllipticCurvePrivateKey] = {}
        self.fetches = 0
        self.now_sec = 1000.0
        self.add("k1")
        self.verifier = JwksVerifier(ISSUER, self.fetch, now_sec=lambda: self.now_sec)

    def add(self, key_id: str) -> None:
        self.keys[key_id] = ec.generate_private_key(ec.SECP256R1())

    async def fetch(self) -> dict[str, Any]:
        self.fetches += 1
        return {
            "keys": [
                json.loads(ECAlgorithm.to_jwk(key.public_key())) | {"kid": key_id, "alg": "ES256"}
                for key_id, key in self.keys.items()
            ]
        }

    def token(self, key_id: str = "k1", **changes: Any) -> str:
        claims = {
            "sub": USER,
            "aud": "authenticated",
            "role": "authenticated",
            "email": "ada@example.com",
            "iss": ISSUER,
            "exp": int(time.time()) + 60,
        } | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, self.keys[key_id], algorithm="ES256", headers={"kid": key_id})


@pytest.fixture
def hosted() -> Hosted:
    return Hosted()


async def test_a_token_signed_with_a_published_key_is_taken_and_the_keys_are_kept(hosted: Hosted):
    for _ in range(3):
        assert (await hosted.verifier.verify(hosted.token())).user_id == USER
    assert hosted.fetches == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example/auth/v1"},
        {"iss": None},
        {"aud": "anon"},
        {"role": "service_role"},
        {"exp": 1},
        {"sub": "not-a-uuid"},
    ],
)
async def test_a_token_with_wrong_claims_is_refused(hosted: Hosted, changes: dict[str, Any]):
    with pytest.raises(UnauthenticatedError):
        await hosted.verifier.verify(hosted.token(**changes))


async def test_the_algorithm_is_ours_to_choose_and_not_the_tokens(hosted: Hosted):
    public_key = (await hosted.fetch())["keys"][0]["x"]
    claims = jwt.decode(hosted.token(), options={"verify_signature": False})
    for algorithm, key in (("HS256", public_key), ("none", "")):
        forged = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "k1"})
        with pytest.raises(UnauthenticatedError):
            await hosted.verifier.verify(forged)


async def test_a_key_that_is_not_published_is_refused(hosted: Hosted):
    stranger = Hosted()
    with pytest.raises(UnauthenticatedError):
        await hosted.verifier.verify(stranger.token())
    with pytest.raises(UnauthenticatedError):
        await hosted.verifier.verify("not.a.token")


async def test_a_rotated_key_is_found_and_made_up_ids_do_not_hammer_the_service(hosted: Hosted):
    await hosted.verifier.verify(hosted.token())
    hosted.add("k2")
    for _ in range(5):
        with pytest.raises(UnauthenticatedError):
            await hosted.verifier.verify(hosted.token("k2"))
    assert hosted.fetches == 1
    hosted.now_sec += JWKS_MIN_REFETCH_SEC + 1
    assert (await hosted.verifier.verify(hosted.token("k2"))).user_id == USER
    assert hosted.fetches == 2


async def test_a_key_that_was_withdrawn_stops_working_within_ten_minutes(hosted: Hosted):
    old = hosted.token()
    await hosted.verifier.verify(old)
    hosted.keys = {}
    hosted.now_sec += JWKS_LIFETIME_SEC + 1
    with pytest.raises(UnauthenticatedError):
        await hosted.verifier.verify(old)
