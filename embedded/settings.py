"""Settings of the embedded stack: what to run on this machine, and where."""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self, TypeVar

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from embedded.bootstrap.manifest import QWEN

APP_NAME = "mock-interview"
Settings = TypeVar("Settings", bound=BaseSettings)
Port = Annotated[int, Field(ge=0, le=65535)]


class EmbeddedSettings(BaseSettings):
    """Made by `load_settings`, from the mapping that it is given and nothing else."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    port: Port = 8000
    """Page and API. 0: any that is free."""
    bind_host: str = "127.0.0.1"
    """Address of page, API and LiveKit's signalling."""
    public_url: str | None = None
    livekit_public_url: str | None = None
    livekit_node_ip: str | None = None
    """Set: media are served on this address of this machine, too."""
    livekit_port: Port = 0
    """LiveKit's signalling. 0: any that is free."""
    livekit_udp_port: Port = 0
    livekit_tcp_port: Port = 0
    """Media over TCP, for networks without UDP. Listens on every interface, so 0 means none."""

    mock_interview_data_dir: Path = user_data_path(APP_NAME)
    mock_interview_cache_dir: Path = user_cache_path(APP_NAME)

    supabase_url: str | None = None
    """Set: this project is used, and no embedded Supabase is started."""
    supabase_publishable_key: SecretStr | None = None
    supabase_secret_key: SecretStr | None = None
    supabase_jwt_secret: SecretStr | None = None

    livekit_url: str | None = None
    """Set: this LiveKit server is used, and none is started."""
    livekit_api_key: str | None = None
    livekit_api_secret: SecretStr | None = None

    worker_api_secret: SecretStr | None = None
    on_device_llm_url: str | None = None
    """Set: this llama.cpp server is used, and none is started."""
    on_device_llm_key: SecretStr | None = None
    """Of that server, if it wants one."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)

    @field_validator("mock_interview_data_dir", "mock_interview_cache_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("livekit_node_ip")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        try:
            return address if address is None else str(ipaddress.ip_address(address))
        except ValueError:
            raise ValueError("must be an IP address of this machine") from None

    @model_validator(mode="after")
    def _services_come_with_their_keys(self) -> Self:
        _complete("SUPABASE_URL", self, "supabase_url", "supabase_publishable_key", "supabase_secret_key")
        _complete("LIVEKIT_URL", self, "livekit_url", "livekit_api_key", "livekit_api_secret")
        if self.supabase_jwt_secret is not None and self.supabase_url is None:
            raise ValueError("SUPABASE_JWT_SECRET is set without SUPABASE_URL: set both or neither")
        if self.livekit_public_url is None and self.public_url is not None and self.livekit_url is None:
            raise ValueError("PUBLIC_URL needs LIVEKIT_PUBLIC_URL: the address under which browsers reach LiveKit")
        return self

    @property
    def runs_supabase(self) -> bool:
        return self.supabase_url is None

    @property
    def runs_livekit(self) -> bool:
        return self.livekit_url is None


class LlmServerSettings(BaseSettings):
    """The language model on this machine. From the environment only: `make run` sets them."""

    model_config = SettingsConfigDict(extra="ignore")

    on_device_llm_port: Annotated[int, Field(ge=1, le=65535)]
    on_device_llm_key: SecretStr | None = None
    """Who asks must show it; without one everybody may."""
    on_device_llm_file: Path | None = None
    """Another GGUF file; default is the pinned one in the cache."""
    on_device_llm_model: str = "qwen2.5-coder-1.5b-instruct"
    on_device_llm_threads: Annotated[int, Field(ge=1)] = 2
    on_device_llm_context: Annotated[int, Field(ge=512)] = 4096
    """Tokens of prompt and answer together."""
    mock_interview_cache_dir: Path = user_cache_path(APP_NAME)

    @property
    def model_file(self) -> Path:
        return self.on_device_llm_file or self.mock_interview_cache_dir / "models" / QWEN.files[0].path


class SettingsError(Exception):
    """A setting is missing or wrong. The message names it, and never holds its value."""


def load_settings(environment: Mapping[str, str]) -> EmbeddedSettings:
    """
    Raises:
        SettingsError
    """
    return settings_from(EmbeddedSettings, environment)


def settings_from(kind: type[Settings], environment: Mapping[str, str]) -> Settings:
    """One process' settings, from `environment` and nothing else.

    Raises:
        SettingsError
    """
    values = {name: environment[name.upper()] for name in kind.model_fields if environment.get(name.upper())}
    try:
        return kind(_env_file=None, **values)  # pyright: ignore[reportCallIssue, reportArgumentType]
    except ValidationError as error:
        raise SettingsError(sentence(error)) from None


def own_settings(kind: type[BaseSettings], environment: Mapping[str, str]) -> dict[str, str]:
    """Those entries of `environment` that are this process' settings."""
    names = (name.upper() for name in kind.model_fields)
    return {name: environment[name] for name in names if environment.get(name)}


def sentence(error: ValidationError) -> str:
    """What is wrong, by the settings' names and without their values."""
    problems: list[str] = []
    for problem in error.errors(include_input=False, include_url=False, include_context=False):
        name = ".".join(str(part) for part in problem["loc"]).upper()
        message = problem["msg"].removeprefix("Value error, ")
        problems.append(f"{name}: {message}" if name else message)
    return "A setting is wrong. " + "; ".join(problems) + "."


def _complete(url_name: str, settings: EmbeddedSettings, url: str, *keys: str) -> None:
    has_url = getattr(settings, url) is not None
    for key in keys:
        has_key = getattr(settings, key) is not None
        if has_url and not has_key:
            raise ValueError(f"{url_name} is set without {key.upper()}: set both, or neither to run it on this machine")
        if has_key and not has_url:
            raise ValueError(f"{key.upper()} is set without {url_name}: set both, or neither to run it on this machine")
