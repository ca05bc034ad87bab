"""Settings of the token server, read once at start. A wrong value stops the start and names the setting."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

APP_NAME = "mock-interview"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _url_with_scheme(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(f"must be a URL that starts with {' or '.join(f'{s}://' for s in schemes)}")
        return value.rstrip("/")

    return AfterValidator(check)


HttpUrl = Annotated[str, _url_with_scheme("http", "https")]
LiveKitUrl = Annotated[str, _url_with_scheme("ws", "wss", "http", "https")]
LongSecret = Annotated[SecretStr, Field(min_length=32)]
Seconds = Annotated[float, Field(gt=0)]


class TokenServerSettings(BaseSettings):
    """`.env.example` documents each."""

    # A validation error is printed at start; without hide_input it would carry the secret that was too short.
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    bind_host: str = "127.0.0.1"
    public_url: HttpUrl | None = None
    """Where browsers find us when it isn't loopback. With https, cookies are Secure and HSTS is sent."""

    livekit_url: LiveKitUrl
    """How this process reaches LiveKit."""
    livekit_public_url: LiveKitUrl | None = None
    """How a browser reaches LiveKit: `server_url` in answers. Default: LIVEKIT_URL."""
    livekit_api_key: Annotated[str, Field(min_length=1)]
    livekit_api_secret: LongSecret

    supabase_url: HttpUrl
    supabase_publishable_key: SecretStr
    supabase_secret_key: SecretStr
    supabase_jwt_secret: LongSecret | None = None
    """Set: access tokens are HS256 with this secret (embedded Supabase). Unset: ES256 by the project's JWKS."""

    worker_api_secret: LongSecret
    mock_interview_data_dir: Path = user_data_path(APP_NAME)
    page_dir: Path = Path(__file__).parent / "web" / "dist"
    rate_limit_storage: str = "async+memory://"
    """A storage of the `limits` library. Several token servers share theirs: `async+redis://...`."""

    absence_timeout_sec: Seconds = 90.0
    """How long a room, and an attempt without a job, outlives its candidate. The worker reads the same setting."""
    no_show_timeout_sec: Seconds = 600.0
    """A planned attempt that nobody joined for this long is abandoned."""
    heartbeat_lost_sec: Seconds = 10.0
    """A job or a worker that was not heard of for this long counts as gone. A worker says at once when a job dies; a
    shorter wait takes overloaded machines for dead ones (the fault bench saw beats 11 s apart under a load of 16)."""
    dispatch_grace_sec: Seconds = 20.0
    """How long a job that a worker has taken may take to report before it counts as lost: its process may have to load
    its models first."""
    dispatch_untaken_sec: Seconds = 8.0
    """How long a dispatch may wait for a worker. LiveKit offers it at once or never, and gives the worker 7.5 s."""
    end_grace_sec: Seconds = 20.0
    """How long a job may take to say good-bye after the candidate asked for the end."""
    sweep_interval_sec: Seconds = 2.0
    assessment_overdue_sec: Seconds = 1800.0
    """An assessment that nobody has claimed for so long fails, and can be asked for again."""
    participant_token_sec: Annotated[int, Field(ge=30, le=600)] = 600
    upstream_timeout_sec: Seconds = 10.0
    """Longest wait for one call to LiveKit."""

    plan_with_llm: Literal["auto", "on", "off"] = "auto"
    """Whether a hosted model writes the questions. `auto`: where one serves interviews; `on`: no start without one."""
    plan_deadline_sec: Seconds = 8.0
    """The longest that a person waits for their questions. What isn't written by then comes from the bank."""
    llm_provider: Literal["auto", "openai", "on_device", "none"] = "auto"
    """The worker reads this and the following three, too. The model on this machine never plans: it is too
    small for it, and too slow."""
    openai_api_key: SecretStr | None = None
    openai_base_url: HttpUrl | None = None
    llm_model: str = "gpt-4.1-mini"

    auth_tries_per_account: Annotated[int, Field(ge=1)] = 10
    """Sign-ins, sign-ups or resets of one e-mail address in five minutes."""
    auth_tries_per_address: Annotated[int, Field(ge=1)] = 100
    """The same of one network address."""
    auth_answer_step_sec: Seconds = 0.75
    """Refused sign-ins and password resets take a whole number of these, so that their time doesn't tell which
    accounts exist. Longer than Supabase takes to compare a password."""
    worker_calls_per_minute: Annotated[int, Field(ge=60)] = 3000
    """Of one worker, assessor, attempt or set-up. A lively interview makes about 60."""
    max_body_bytes: Annotated[int, Field(ge=1024)] = 256 * 1024
    max_document_bytes: Annotated[int, Field(ge=1024)] = 5 * 1024 * 1024
    """Of a file that is uploaded to be read."""
    max_worker_body_bytes: Annotated[int, Field(ge=1024)] = 8 * 1024 * 1024
    """A batch of turns carries the times of every word."""

    retention_attempts_days: Annotated[int, Field(ge=0)] = 0
    """An ended attempt is deleted so many days after its end, with transcript and feedback. 0: kept until its owner
    deletes it."""
    retention_abandoned_setups_days: Annotated[int, Field(ge=0)] = 30
    """A set-up that made no interview is deleted so many days after its last change. 0 as above."""
    retention_idle_accounts_days: Annotated[int, Field(ge=0)] = 0
    """An account is deleted, with everything, so many days after it was used last. 0 as above."""
    recording_storage: Literal["auto", "folder", "supabase"] = "auto"
    """Where the sound of consented attempts is kept. `auto`: in the data folder where Supabase is on this machine,
    else in a private bucket of Supabase Storage. `folder` is for one token server, or several on one machine."""
    recording_retention_days: Annotated[int, Field(ge=1, le=3650)] = 30
    """A recording is deleted so many days after its candidate consented to it."""
    max_recording_bytes: Annotated[int, Field(ge=1024, le=2**31 - 1)] = 64 * 1024 * 1024
    """Of one job. An hour is about 14 MB."""

    @property
    def sends_mail(self) -> bool:
        """Embedded Supabase doesn't."""
        return self.supabase_jwt_secret is None or not self._has_supabase_on_this_machine

    @property
    def recordings_dir(self) -> Path:
        """One per Supabase project: recordings that its rows don't know are removed."""
        host = urlsplit(self.supabase_url).hostname
        name = "recordings" if self._has_supabase_on_this_machine else f"recordings-{host}"
        return self.mock_interview_data_dir / name

    @property
    def keeps_recordings_in_supabase(self) -> bool:
        if self.recording_storage == "auto":
            return not self._has_supabase_on_this_machine
        return self.recording_storage == "supabase"

    @property
    def _has_supabase_on_this_machine(self) -> bool:
        return urlsplit(self.supabase_url).hostname in _LOOPBACK

    @property
    def plans_with_llm(self) -> bool:
        return self.plan_with_llm != "off" and self._has_hosted_llm

    @property
    def _has_hosted_llm(self) -> bool:
        is_reachable = self.openai_api_key is not None or self.openai_base_url is not None
        return is_reachable and self.llm_provider in ("auto", "openai")

    @property
    def behind_tls(self) -> bool:
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def server_url(self) -> str:
        """The `server_url` of connections."""
        return self.livekit_public_url or self.livekit_url

    @property
    def page_url(self) -> str:
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def allowed_origins(self) -> frozenset[str]:
        """Origins whose pages may use the cookies: our own, under each name that this machine has for us."""
        names = ("127.0.0.1", "localhost", "[::1]")
        own = {f"http://{name}:{self.port}" for name in names}
        if self.public_url is not None:
            parts = urlsplit(self.public_url)
            own.add(f"{parts.scheme}://{parts.netloc}")
        return frozenset(own)

    @model_validator(mode="after")
    def _pages_behind_tls_need_a_secure_livekit(self) -> Self:
        if self.behind_tls and not self.server_url.startswith(("wss://", "https://")):
            raise ValueError(
                "LIVEKIT_PUBLIC_URL must start with wss:// when PUBLIC_URL is https: browsers refuse the mixture"
            )
        return self

    @model_validator(mode="after")
    def _planning_with_a_model_needs_one(self) -> Self:
        if self.plan_with_llm == "on" and not self._has_hosted_llm:
            raise ValueError(
                "PLAN_WITH_LLM=on needs OPENAI_API_KEY or OPENAI_BASE_URL, and LLM_PROVIDER must be auto or openai"
            )
        return self


class SettingsError(Exception):
    """A setting is missing or wrong. The message names it and never holds its value."""


def load_settings() -> TokenServerSettings:
    """
    Raises:
        SettingsError
    """
    try:
        return TokenServerSettings()  # pyright: ignore[reportCallIssue]  # pydantic-settings fills it from the environment
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in item['loc']).upper() or 'settings'}: {item['msg']}"
            for item in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("The token server can't start. " + "; ".join(lines)) from None
