"""What `make run` shows when all is ready."""

from embedded.programs import Layout
from embedded.settings import EmbeddedSettings


def stage_rows(layout: Layout, settings: EmbeddedSettings) -> list[tuple[str, str, str]]:
    """Stage, implementation, reason."""
    stages = layout.stages
    return [
        ("voice activity", "Silero", "always on this machine"),
        ("end of turn", "LiveKit turn detector v1-mini", "always on this machine"),
        ("speech to text", _named(stages.stt.name, stages.stt.model), stages.stt.reason),
        ("language model", _named(stages.llm.name, stages.llm.model), stages.llm.reason),
        ("text to speech", _named(stages.tts.name, stages.tts.model), stages.tts.reason),
        _questions_row(layout),
        (
            "data",
            "embedded Supabase" if settings.runs_supabase else layout.supabase_url,
            "on this machine: SUPABASE_URL is not set" if settings.runs_supabase else "SUPABASE_URL is set",
        ),
        (
            "media server",
            "livekit-server" if settings.runs_livekit else layout.livekit_url,
            "on this machine: LIVEKIT_URL is not set" if settings.runs_livekit else "LIVEKIT_URL is set",
        ),
    ]


def ready_screen(layout: Layout, settings: EmbeddedSettings, took_sec: float) -> str:
    rows = stage_rows(layout, settings)
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    table = "\n".join(f"    {stage:<{widths[0]}}  {what:<{widths[1]}}  {why}" for stage, what, why in rows)
    data_dir = settings.mock_interview_data_dir
    mail = f"    mail  {data_dir / 'supabase' / 'mail'} (none is sent: codes for a new password are there)\n"
    return (
        f"\n  Ready after {took_sec:.0f} s:  {settings.public_url or layout.page_url}\n\n"
        f"{table}\n\n"
        f"    data  {data_dir}\n"
        f"    logs  {data_dir / 'logs'}\n"
        f"{mail if settings.runs_supabase else ''}\n"
        "  Ctrl-C stops everything; the data stays.\n"
    )


def _questions_row(layout: Layout) -> tuple[str, str, str]:
    llm = layout.stages.llm
    if layout.plans_with_llm:
        return ("questions", f"{_named(llm.name, llm.model)}, else the question bank", "a hosted language model serves")
    reason = "PLAN_WITH_LLM=off" if llm.name == "openai" else "no hosted language model is set"
    return ("questions", "question bank", reason)


def _named(name: str, model: str) -> str:
    shown = {"whisper": "Whisper", "openai": "OpenAI API", "on_device": "llama.cpp", "none": "none"}.get(name, name)
    return shown if model == name else f"{shown}: {model}"
