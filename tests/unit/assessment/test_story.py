"""What counts as a story, and how its parts are found."""

import pytest

from agent.assessment.answers import Answer
from agent.assessment.cues import STORY
from agent.assessment.episode import told_as_episode
from agent.assessment.judge import Quoted, StoryFinding
from agent.assessment.scores import story_score
from agent.assessment.spoken import SpokenTurn
from agent.assessment.story import story_findings
from agent.assessment.words import Span, fluent, sentences
from prompts.question_bank import load_bank
from tests.unit.assessment.conftest import JudgeText

pytestmark = pytest.mark.unit
QUESTION = "conflict-colleague"
EPISODE = (
    "In my second year a colleague and I argued about every release. I rang her, and asked what she needed. "
    "I wrote a checklist and we tried it. In the end the arguments stopped. I should have called her sooner."
)
GENERAL = (
    "Conflicts are normal, I think, and you have to stay professional. I always talk to people openly, and I believe "
    "that respect is important. People who can't listen should not lead, and you never let it get personal."
)
PADDING = (
    " So that is how it is with this, and there is of course a lot more that one can say about all of these things."
)


def found(text: str) -> dict[str, StoryFinding]:
    bank = load_bank()
    answer = Answer.from_text(bank.planned(QUESTION, 0), bank.key(QUESTION), text)
    phrases = [Quoted(spoken, span) for spoken in answer.turns for span in sentences(spoken.fluent, spoken.tokens)]
    return {one.part: one for one in story_findings(answer.key, phrases, told_as_episode([text]))}


def test_an_episode_is_told_from_what_one_thinks_and_does_in_general():
    assert told_as_episode([EPISODE]) == 1
    assert told_as_episode([GENERAL]) == 0


def test_neither_padding_nor_lost_punctuation_takes_an_episode_away():
    assert told_as_episode([EPISODE + PADDING]) == 1
    assert told_as_episode([EPISODE.lower().replace(".", "").replace(",", "")]) == 1


def test_all_parts_of_a_story_are_found_where_they_are_told():
    parts = found(EPISODE)
    assert {part: one.covered for part, one in parts.items()} == dict.fromkeys(parts, "yes")
    assert parts["reflection"].quoted is not None
    assert parts["reflection"].quoted.evidence.quote == "I should have called her sooner"


def test_general_talk_has_no_part_of_a_story():
    assert {one.covered for one in found(GENERAL).values()} == {"no"}


def test_more_of_what_one_did_oneself_counts_for_more():
    one = found("Last year a colleague and I were stuck. I rang her. It was fine in the end, and we stayed friends.")
    many = found(EPISODE)
    assert 0 < (one["action"].credit or 0) < (many["action"].credit or 0)


async def test_the_score_of_a_story_rises_with_its_parts(judge_text: JudgeText):
    beginning = ". ".join(EPISODE.split(". ")[:2]) + "."
    scores = [story_score(await judge_text(QUESTION, text)) or 0.0 for text in (GENERAL, beginning, EPISODE)]
    assert scores == sorted(scores)
    assert scores[0] < 0.2 < scores[1] < scores[2]


@pytest.mark.parametrize(
    "lesson", ["What I took from it is to ask first", "If I had it again I'd ask", "Now I ask early"]
)
def test_a_lesson_is_heard_in_whatever_words(lesson: str):
    assert STORY["reflection"].search(lesson)


def test_fillers_are_blanked_and_every_other_word_stays_in_its_place():
    text = "I, um, rang her, you know, and I mean, it was, like, fine. Do you know what I mean by like?"
    bare = fluent(text)
    assert len(bare) == len(text)
    assert " ".join(bare.split()) == "I rang her and it was fine. Do you know what I mean by like?"


def test_a_quote_with_a_filler_inside_stays_verbatim():
    answer = Answer.from_text(load_bank().planned(QUESTION, 0), load_bank().key(QUESTION), "So I, um, rang her.")
    spoken: SpokenTurn = answer.turns[0]
    quoted = Quoted(spoken, Span(1, 4))
    assert quoted.evidence.quote == "I, um, rang her"
    assert quoted.said.split() == ["I", "rang", "her"]
