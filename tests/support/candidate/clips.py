"""The candidate's recorded speech: what `tests/audio/clips/clips.yaml` lists and where its files are."""

from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from tests.support.candidate.audio import Samples, load_speech

CLIPS_DIR = Path(__file__).resolve().parents[2] / "audio" / "clips"
CUT_MARK = "|"

ClipSet = Literal["dev", "test", "both"]
ClipKind = Literal["answer", "long", "unfinished", "trailing", "hold", "command", "setup", "interrupt", "ack", "noise"]


class ClipSpec(BaseModel):
    """One entry of clips.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: ClipKind
    set: ClipSet = "both"
    text: str | list[str] | None = None
    phonemes: str | None = None
    """Said by its sounds, where the letters would be misread."""
    seconds: float | None = None
    """Length of a noise."""
    gap: float = 0.2
    voices: list[str] = []

    @model_validator(mode="after")
    def _something_can_be_heard(self) -> Self:
        given = [value for value in (self.text, self.phonemes, self.seconds) if value is not None]
        if len(given) != 1:
            raise ValueError(f"clip {self.id!r} needs exactly one of text, phonemes and seconds")
        return self

    @property
    def parts(self) -> list[str]:
        """Texts of the files that the clip consists of."""
        if self.text is None:
            return [""]
        if isinstance(self.text, list):
            return self.text
        return [part.strip() for part in self.text.split(CUT_MARK)]

    @property
    def spoken_text(self) -> str:
        return " ".join(self.parts).strip()


class ClipIndex(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    voices: dict[Literal["dev", "test"], list[str]]
    clips: list[ClipSpec]

    @classmethod
    def load(cls, path: Path = CLIPS_DIR / "clips.yaml") -> Self:
        return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))

    def __getitem__(self, clip_id: str) -> ClipSpec:
        for clip in self.clips:
            if clip.id == clip_id:
                return clip
        raise KeyError(f"no clip {clip_id!r} in clips.yaml")

    def voices_of(self, clip: ClipSpec) -> list[str]:
        if clip.kind == "noise":
            return ["code"]
        if clip.voices:
            return clip.voices
        if clip.set == "both":
            return [*self.voices["dev"], *self.voices["test"]]
        return self.voices[clip.set]


def clip_files(clip: ClipSpec, voice: str, folder: Path = CLIPS_DIR) -> list[Path]:
    """The clip's files in the order in which they are said."""
    if len(clip.parts) == 1:
        return [folder / f"{clip.id}.{voice}.ogg"]
    return [folder / f"{clip.id}.{voice}.{number}.ogg" for number in range(1, len(clip.parts) + 1)]


class Clip(BaseModel):
    """A clip in one voice, loaded: what a script step plays."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    spec: ClipSpec
    voice: str
    parts: list[Samples]
    """48 kHz mono, cut to the speech, so that pauses between parts are exactly as long as asked for."""

    @property
    def label(self) -> str:
        return f"{self.spec.id}.{self.voice}"

    @property
    def text(self) -> str:
        return self.spec.spoken_text


class ClipLibrary:
    """Clips by id, loaded when first asked for.

    Load before joining a room: decoding and resampling would hold up the microphone.
    """

    def __init__(self, index: ClipIndex | None = None, folder: Path = CLIPS_DIR) -> None:
        self.index = index or ClipIndex.load()
        self._folder = folder
        self._loaded: dict[tuple[str, str], Clip] = {}

    def get(self, clip_id: str, voice: str | None = None) -> Clip:
        spec = self.index[clip_id]
        voice = voice or self.index.voices_of(spec)[0]
        key = (clip_id, voice)
        if key not in self._loaded:
            paths = clip_files(spec, voice, self._folder)
            self._loaded[key] = Clip(spec=spec, voice=voice, parts=[load_speech(path) for path in paths])
        return self._loaded[key]

    def of_kind(self, kind: ClipKind, clip_set: Literal["dev", "test"]) -> list[Clip]:
        """Every clip of a kind in every voice of the set, clip by clip with changing voices."""
        specs = [clip for clip in self.index.clips if clip.kind == kind and clip.set in (clip_set, "both")]
        own_voices = self.index.voices[clip_set]
        rounds: list[Clip] = []
        for turn in range(len(own_voices)):
            for position, spec in enumerate(specs):
                voices = [voice for voice in self.index.voices_of(spec) if voice in own_voices]
                if turn < len(voices):
                    rounds.append(self.get(spec.id, voices[(turn + position) % len(voices)]))
        return rounds
