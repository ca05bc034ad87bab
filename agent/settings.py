"""Settings of the worker process and of what it shares with the assessor. `.env.example` documents each."""

from pathlib import Path
from typing import Annotated, Literal, Self

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.logging import LogLevel

APP_NAME = "mock-interview"
SttProvider = Literal["auto", "deepgram", "openai", "whisper"]
LlmProvider = Literal["auto", "openai", "on_device", "none"]
TtsProvider = Literal["auto", "cartesia", "openai", "hibari"]
AssessmentJudge = Literal["auto", "on_device", "llm"]


class ProviderSettings(BaseSettings):
    """Which implementation serves each stage. `auto` takes the hosted service whose key is there."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    stt_provider: SttProvider = "auto"
    llm_provider: LlmProvider = "auto"
    tts_provider: TtsProvider = "auto"

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    """Any OpenAI-compatible server. Setting it is enough to choose it; a key may then be left out."""
    llm_model: str = "gpt-4.1-mini"
    openai_stt_model: str = "gpt-4o-mini-transcribe"
    openai_tts_model: str = "gpt-4o-mini-tts"
    openai_tts_voice: str = "ash"
    deepgram_api_key: SecretStr | None = None
    deepgram_model: str = "nova-3"
    cartesia_api_key: SecretStr | None = None
    cartesia_model: str = "sonic-3"
    cartesia_voice: str = "f786b574-daa5-4673-aa0c-cbe3e8534c02"

    mock_interview_cache_dir: Path = user_cache_path(APP_NAME)
    on_device_llm_url: str | None = None
    """Base URL of the llama.cpp server that `make run` starts, ending in /v1."""
    on_device_llm_key: SecretStr | None = None
    on_device_llm_model: str = "qwen2.5-coder-1.5b-instruct"
    whisper_model_dir: Path | None = None
    """A CTranslate2 Whisper folder; default is the pinned tiny.en in the cache."""

    @property
    def openai_address(self) -> str:
        return self.openai_base_url or "https://api.openai.com/v1"

    @property
    def openai_key_or_none(self) -> str:
        """A server of one's own needs no key, but OpenAI's client insists on some text."""
        return self.openai_api_key.get_secret_value() if self.openai_api_key else "none"

    @property
    def models_dir(self) -> Path:
        return self.mock_interview_cache_dir / "models"

    @property
    def whisper_dir(self) -> Path:
        return self.whisper_model_dir or self.models_dir / "whisper-tiny.en"

    @property
    def embedder_dir(self) -> Path:
        """Holds model.onnx and tokenizer.json of all-MiniLM-L6-v2 int8."""
        return self.models_dir / "minilm"

    @model_validator(mode="after")
    def _named_provider_has_what_it_needs(self) -> Self:
        if self.stt_provider == "deepgram" and self.deepgram_api_key is None:
            raise ValueError("STT_PROVIDER=deepgram needs DEEPGRAM_API_KEY")
        if self.stt_provider == "openai" and self.openai_api_key is None:
            raise ValueError("STT_PROVIDER=openai needs OPENAI_API_KEY")
        if self.tts_provider == "cartesia" and self.cartesia_api_key is None:
            raise ValueError("TTS_PROVIDER=cartesia needs CARTESIA_API_KEY")
        if self.tts_provider == "openai" and self.openai_api_key is None:
            raise ValueError("TTS_PROVIDER=openai needs OPENAI_API_KEY")
        if self.llm_provider == "openai" and self.openai_api_key is None and self.openai_base_url is None:
            raise ValueError("LLM_PROVIDER=openai needs OPENAI_API_KEY or OPENAI_BASE_URL")
        if self.llm_provider == "on_device" and self.on_device_llm_url is None:
            raise ValueError("LLM_PROVIDER=on_device needs ON_DEVICE_LLM_URL, which `make run` sets")
        return self


class WorkerApiSettings(ProviderSettings):
    """How worker and assessor reach the token server."""

    token_server_url: str = "http://127.0.0.1:8000"  # noqa: S105  # an address
    worker_api_secret: Annotated[SecretStr, Field(min_length=32)]


class WorkerSettings(WorkerApiSettings):
    """The room worker."""

    livekit_url: str
    livekit_api_key: str
    livekit_api_secret: SecretStr
    mock_interview_data_dir: Path = user_data_path(APP_NAME)

    worker_capacity: Annotated[int, Field(ge=1, le=64)] = 2
    """Interviews at once in this worker."""
    worker_idle_processes: Annotated[int, Field(ge=0, le=8)] = 1
    worker_http_port: Annotated[int, Field(ge=0, le=65535)] = 0
    worker_log_level: LogLevel = "info"
    """`debug` says why the listener's sounds were withheld. No level logs what is said."""
    worker_drain_sec: Annotated[int, Field(ge=0, le=3600)] = 1
    """How long a stopping worker waits for running interviews. Hosted deployments raise it."""

    absence_timeout_sec: Annotated[float, Field(gt=0)] = 90.0
    """A job leaves after this long without a candidate: a line that is cut for a minute needs time to come back."""
    silence_rephrase_sec: Annotated[float, Field(gt=0)] = 8.0
    """After a question: nothing heard for this long, and the interviewer puts it more simply."""
    silence_offer_sec: Annotated[float, Field(gt=0)] = 10.0
    """Nothing for so long after that, and it offers a hint or the next question."""
    silence_move_on_sec: Annotated[float, Field(gt=0)] = 10.0
    """Nothing for so long after the offer, and it moves on."""
    thinking_time_sec: Annotated[float, Field(gt=0)] = 20.0
    """Silence for who asks for a moment to think."""
    max_interview_sec: Annotated[float, Field(gt=0)] = 3600.0
    follow_up_deadline_sec: Annotated[float, Field(gt=0)] = 1.6
    """A follow-up that the model hasn't worded by then is spoken in the bank's words. Counted from the end of the turn:
    an acknowledgement of half a second or more is heard meanwhile, and the gap after it stays within 1.2 s."""
    follow_up_deadline_on_device_sec: Annotated[float, Field(gt=0)] = 1.6
    """The same for the model on this machine."""

    setup_understanding_deadline_sec: Annotated[float, Field(gt=0)] = 1.2
    """What a hosted model reads from a turn of a set-up counts if it is there by then. The rules read it at once."""

    thinking_room: bool = True
    """How long a pause may last is decided from sound, words and the speaker's own pauses. False: from sound alone."""
    endpointing_min_delay_sec: Annotated[float, Field(ge=0)] = 0.35
    """Silence after which a turn ends where it sounds like the end and a whole answer is there."""
    endpointing_unsure_delay_sec: Annotated[float, Field(ge=0)] = 0.5
    """The same where that is only likely."""
    endpointing_max_delay_sec: Annotated[float, Field(gt=0)] = 0.95
    """The same where a sentence is complete, and it sounds as if another follows."""
    endpointing_doubtful_delay_sec: Annotated[float, Field(gt=0)] = 1.9
    """The same where a sentence looks complete and may have been broken off."""
    endpointing_open_delay_sec: Annotated[float, Field(gt=0)] = 3.3
    """The same in the middle of a sentence or of a list; also where an answer has hardly begun."""
    end_of_turn_threshold: Annotated[float, Field(ge=0, le=1)] = 0.36
    """From here on the turn detector is taken to expect the end; 0.36 is LiveKit's own for English."""
    interruption_pause_after_sec: Annotated[float, Field(ge=0)] = 0.1
    """Voice of this length silences the interviewer until it is clear whether somebody wants to speak. 0: never."""
    interruption_min_speech_sec: Annotated[float, Field(gt=0)] = 1.4
    """Voice of this length stops the interviewer for good, before a word of it is known."""
    yield_aloud_share: Annotated[float, Field(ge=0, le=1)] = 0.5
    """How often "Sorry, go on." is said where both fell silent after the interviewer began too early."""
    acknowledge_ready_share: Annotated[float, Field(ge=0, le=1)] = 0.3
    """How often "Got it." or its like comes before a question that needn't be waited for. The opening delays it; where
    the words are still being made, it bridges the wait and always comes."""
    background_below_db: Annotated[float, Field(ge=0, le=40)] = 9.0
    """What begins so far below the candidate's own level is kept from the ears. 0: all is heard."""

    back_channels: bool = True
    """A quiet "mhm" while the candidate is answering."""
    back_channels_per_minute: Annotated[float, Field(gt=0, le=10)] = 4.0
    """At the most."""
    back_channel_below_speech_db: Annotated[float, Field(ge=0, le=30)] = 7.5

    delivery_styles: bool = True
    """The interviewer speaks warmly, curiously, calmly … by the situation. False: always neutrally."""
    delivery_follows_candidate: bool = True
    """Somebody who struggles hears a calmer and slower interviewer."""

    @property
    def outbox_dir(self) -> Path:
        return self.mock_interview_data_dir / "outbox"

    @property
    def recording_shelf_dir(self) -> Path:
        """Where recordings wait for the token server."""
        return self.outbox_dir / "recordings"

    @property
    def held_jobs_dir(self) -> Path:
        return self.outbox_dir / "held"


class JudgeSettings(ProviderSettings):
    """Who judges: the assessor's choice, and that of `python -m agent.assessment answer`."""

    assessment_judge: AssessmentJudge = "auto"
    """`auto`: a language model where a hosted or OpenAI-compatible one is configured, else the fixed method on this
    machine. The small model on this machine never judges: it was measured and can't (docs/rubrics.md)."""
    assessment_model: str | None = None
    """Which model judges, where it isn't LLM_MODEL: judging may take its time, talking may not."""
    assessment_samples: Annotated[int, Field(ge=3, le=9)] = 3
    """Each verdict is the median of so many."""
    assessment_timeout_sec: Annotated[float, Field(gt=0)] = 180.0
    """For all calls of one assessment together. What isn't there by then is judged on this machine."""

    @property
    def judges_by_llm(self) -> bool:
        if self.assessment_judge == "auto":
            return self.llm_provider in ("auto", "openai") and self._has_hosted_llm
        return self.assessment_judge == "llm"

    @property
    def _has_hosted_llm(self) -> bool:
        return self.openai_api_key is not None or self.openai_base_url is not None

    @model_validator(mode="after")
    def _the_judge_has_what_it_needs(self) -> Self:
        if self.assessment_judge == "llm" and not self._has_hosted_llm:
            raise ValueError("ASSESSMENT_JUDGE=llm needs OPENAI_API_KEY or OPENAI_BASE_URL")
        return self


class AssessorSettings(WorkerApiSettings, JudgeSettings):
    """The assessor."""

    assessor_poll_sec: Annotated[float, Field(gt=0)] = 1.0
