"""What the set-up assistant says in fixed words: setup/lines.yaml, typed and checked on loading."""

from functools import lru_cache
from typing import Literal, get_args

from prompts import PROMPTS_DIR
from prompts.lines import Lines, read_lines

SetupLineName = Literal[
    "greeting",
    "taken_up",
    "resume_after_reconnect",
    "go_on",
    "noted",
    "remark_noted",
    "chosen",
    "proposed",
    "ask_role",
    "ask_role_suggested",
    "ask_interview_type",
    "ask_level",
    "ask_question_count",
    "ask_technologies",
    "ask_technologies_besides",
    "ask_technologies_suggested",
    "offer_role",
    "offer_interview_type",
    "offer_level",
    "offer_question_count",
    "offer_technologies",
    "not_understood",
    "not_heard",
    "still_there",
    "count_limit",
    "explain_behavioral",
    "explain_technical",
    "explain_mixed",
    "explain_interview_type",
    "explain_level",
    "explain_question_count",
    "explain_technologies",
    "explain_tone",
    "explain_role",
    "explain_process",
    "cannot_say",
    "hello",
    "thanks",
    "so_far",
    "so_far_nothing",
    "read_back",
    "read_again",
    "read_change",
    "edited",
    "ask_confirm",
    "ask_yes_or_no",
    "ask_what_to_change",
    "confirm_stop",
    "start_over",
    "stop_not_confirmed",
    "stopped",
    "created",
    "not_created",
]
SETUP_LINE_NAMES: tuple[SetupLineName, ...] = get_args(SetupLineName)


@lru_cache(maxsize=1)
def load_setup_lines() -> Lines[SetupLineName]:
    return read_lines(PROMPTS_DIR / "setup" / "lines.yaml", SETUP_LINE_NAMES)
