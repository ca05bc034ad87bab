"""The gazetteer: complete with respect to the bank, and found however it is said."""

import re
from typing import get_args

import pytest

from agent.setup.parser import parse
from agent.setup.sounds import closeness, sound_key
from agent.setup.tokens import words_of
from agent.vocabulary import setup_vocabulary
from prompts.question_bank.vocabulary import Technology, match_technologies, role_families, technologies
from prompts.setup.gazetteer import load_gazetteer
from storage.models.setup import SetupDraft, SetupField

pytestmark = pytest.mark.unit

each_bank_technology = pytest.mark.parametrize("technology", technologies(), ids=lambda one: one.id)


@each_bank_technology
def test_every_technology_of_the_bank_is_understood_by_its_label(technology: Technology):
    named = parse(technology.label, SetupDraft(), "technologies").slots.technologies
    assert named is not None
    assert match_technologies(named)[0] == technology.id


@each_bank_technology
def test_every_synonym_of_the_bank_leads_to_its_questions(technology: Technology):
    for synonym in (*technology.synonyms, *technology.ambiguous):
        named = parse(synonym, SetupDraft(), "technologies").slots.technologies
        assert named, synonym
        assert match_technologies(named)[0] == match_technologies([synonym])[0], synonym


def test_every_way_to_say_a_technology_means_that_one():
    wrong: list[str] = []
    for one in load_gazetteer().technologies:
        for words in (*one.also, *one.heard, *one.weak):
            named = parse(words, SetupDraft(), "technologies").slots.technologies
            if named != (one.name,):
                wrong.append(f"{words!r}: {named} instead of {one.name}")
    assert not wrong


def test_every_way_to_say_a_level_a_type_and_a_tone_means_that_one():
    known = load_gazetteer()
    for level in known.levels:
        for words in (*level.strong(), *level.weak):
            assert parse(words, SetupDraft(), "level").slots.level == level.name, words
    for kind in known.types:
        for words in (*kind.strong(), *kind.weak):
            assert parse(words, SetupDraft(), "interview_type").slots.interview_type == kind.name, words
    for tone in known.tones:
        for words in (*tone.strong(), *tone.weak):
            assert parse(words, SetupDraft(), "tone").slots.tone == tone.name, words


def test_every_way_to_say_a_role_is_understood():
    for role in load_gazetteer().roles:
        for words in (*role.strong(), *role.weak):
            named = parse(words, SetupDraft(), "role").slots.role
            assert named is not None, words
            assert (role.label or role.name or "") in named, words


@pytest.mark.parametrize(
    ("one", "other"),
    [("postgres", "post grass"), ("kubernetes", "cooper nettys"), ("django", "jango"), ("kafka", "cafkar")],
)
def test_what_sounds_alike_is_close(one: str, other: str):
    assert closeness(one, other) >= 0.75


@pytest.mark.parametrize(("one", "other"), [("postgres", "progress bar"), ("docker", "doctrine"), ("react", "relax")])
def test_what_only_looks_a_little_alike_is_not(one: str, other: str):
    assert closeness(one, other) < 0.78


def test_a_sound_key_ignores_where_words_are_parted():
    assert sound_key("type script") == sound_key("typescript")
    assert sound_key("") == ""


def test_symbols_stay_words():
    assert words_of("C#, C++, .NET and Node.js") == ("csharp", "cpp", "dotnet", "and", "node", "js")


def test_the_recogniser_expects_the_words_of_the_choices_first():
    vocabulary = setup_vocabulary()
    assert vocabulary[:3] == ["behavioral", "technical", "mixed"]
    assert {"PostgreSQL", "Kubernetes", "TypeScript"} <= set(vocabulary)
    assert len(vocabulary) == len(set(vocabulary))


def test_where_a_number_was_asked_for_the_recogniser_expects_nothing_else():
    assert {"six", "eight", "fifteen"} <= set(setup_vocabulary("question_count"))
    assert not set(setup_vocabulary("question_count")) & set(setup_vocabulary("technologies"))


@pytest.mark.parametrize(
    ("role", "first", "not_first"),
    [
        ("site reliability engineer", {"Nginx", "Grafana", "Terraform"}, {"Excel", "React"}),
        ("Android developer", {"Kotlin", "SQLite"}, {"Kafka"}),
        ("software engineer", {"Java", "Python"}, {"Excel"}),
        ("engineering manager", {"Java", "Python"}, {"Excel"}),
        ("sales manager", {"HubSpot", "Salesforce"}, {"Kubernetes"}),
    ],
)
def test_where_technologies_were_asked_for_those_of_the_role_are_expected(
    role: str, first: set[str], not_first: set[str]
):
    expected = setup_vocabulary("technologies", role)[:20]
    assert first <= set(expected)
    assert not not_first & set(expected)
    assert setup_vocabulary("level", role) == setup_vocabulary("level")


def test_each_technology_that_is_expected_is_one_that_is_understood():
    known = {word.casefold() for one in load_gazetteer().technologies for word in one.strong()}
    known |= {word.casefold() for one in load_gazetteer().technologies for word in one.weak}
    expected = {term for terms in load_gazetteer().technologies_of.values() for term in terms}
    assert {term for term in expected if term.casefold() not in known} == set()


@pytest.mark.parametrize("asked", get_args(SetupField))
@pytest.mark.parametrize("role", [None, *(family.id for family in role_families())])
def test_no_word_that_the_recogniser_expects_has_a_full_stop_that_it_could_go_on_with(
    asked: SetupField, role: str | None
):
    assert not [word for word in setup_vocabulary(asked, role) if re.search(r"\w\.\w", word)]
