"""Whole conversations about the wanted interview: the scripted ones of the benchmark, and any that could be held."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.setup.dialogue import SetupDialogue
from agent.setup.parser import parse
from agent.setup.reply import Reply
from agent.setup.understanding import RuleUnderstanding
from bench.setup.sets import Script, scripts
from bench.setup.talking import talk
from prompts.setup.lines import load_setup_lines
from storage.models.setup import SetupDraft

pytestmark = pytest.mark.behaviour

LINES = load_setup_lines()


@pytest.mark.parametrize("script", [one for one in scripts() if one.set == "dev"], ids=lambda one: one.id)
async def test_every_scripted_conversation_comes_to_what_was_wanted(script: Script):
    talked = await talk(script, RuleUnderstanding())
    assert talked.end == script.end, talked.said
    assert talked.is_right, (talked.wrong_fields, talked.draft, talked.said)


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_is_created_without_a_read_back_and_a_yes(seed: int):
    for script in scripts():
        talked = await talk(script, RuleUnderstanding(), seed=seed)
        if talked.end == "confirmed":
            assert talked.was_read_back, talked.said
            assert talked.was_agreed, talked.said


WORDS = [
    "Yes, that's right.", "Yes.", "No.", "Okay.", "Yeah, hmm, but…", "Hmm.", "Senior backend, Go and Postgres.",
    "Five.",
    "Make it eight.", "Not senior.", "Technical.", "What is mixed?", "Surprise me.", "The usual.", "Twenty.", "Stop.",
    "Purple monkey dishwasher.", "Add Kafka.", "React, not rest.", "Could you repeat that?", "I don't know.", "Thanks!",
    "The level is wrong.", "Frontend developer.", "Behavioral.", "None in particular.", "A friendly interviewer.",
]  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.sampled_from(WORDS).map(lambda words: ("says", words)),
        st.sampled_from(["", "cut", "silence", "unclear", "returned"]).map(lambda what: ("happens", what)),
        st.sampled_from([3, 9]).map(lambda count: ("edits", count)),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, seed=st.integers(0, 5))
def test_whatever_happens_only_what_was_read_out_is_created_and_only_on_a_yes(
    steps: list[tuple[str, Any]], seed: int
) -> None:
    dialogue = SetupDialogue(SetupDraft(), name="Robin", lines=LINES, rng=random.Random(seed))
    reply, read, cut = dialogue.open(), SetupDraft(), False
    for what, detail in steps:
        if reply.text:
            dialogue.spoken("" if cut else reply.text, interrupted=cut)
            if reply.reads_back and not cut:
                read = dialogue.draft
            cut = False
        match what:
            case "says":
                reply = dialogue.heard(parse(detail, dialogue.draft, dialogue.asked))
            case "edits":
                edited = SetupDraft.model_validate({**dialogue.draft.model_dump(), "question_count": detail})
                reply = dialogue.edited(edited) or Reply()
            case _ if detail == "cut":
                cut = True
                reply = Reply()
            case _ if detail == "silence":
                reply = dialogue.silent()
            case _ if detail == "unclear":
                reply = dialogue.unclear()
            case _:
                reply = dialogue.returned()
        if reply.step == "create":
            assert what == "says"
            assert detail in ("Yes, that's right.", "Yes.")
            assert not dialogue.draft.missing()
            assert dialogue.draft == read
        if reply.step != "listen":
            return
