"""Phrases put together at random: what each of them means must not depend on what stands around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.setup.heard import apply
from agent.setup.parser import parse
from storage.models.setup import SetupDraft

pytestmark = pytest.mark.unit

ROLES = [
    "backend developer", "frontend engineer", "full-stack developer", "DevOps engineer", "data scientist",
    "QA engineer",
    "mobile developer", "machine learning engineer", "product manager", "software engineer", "tech lead", "nurse",
    "site reliability engineer", "engineering manager", "game developer", "payments engineer", "UX designer",
]  # fmt: skip
LEVELS = {
    "at senior level": "senior", "the level is mid": "mid", "I'm junior": "junior", "mid": "mid",
    "I have seven years of experience": "senior", "four years of experience": "mid", "entry-level": "junior",
}  # fmt: skip
TYPES = {
    "technical": "technical", "technical questions only": "technical", "a mixed interview": "mixed", "mixed": "mixed",
    "just behavioral": "behavioral", "both behavioral and technical": "mixed", "not behavioral, technical": "technical",
    "a mix of both": "mixed", "a technical one": "technical",
}  # fmt: skip
NUMBERS = {"two": 2, "three": 3, "five": 5, "seven": 7, "eight": 8, "ten": 10, "twelve": 12, "fifteen": 15, "6": 6}
COUNTS = ["{} questions", "about {} questions", "around {}", "make it {} questions", "let's do {}", "{} of them"]
TECHNOLOGIES = {
    "Go": "Go", "Postgres": "PostgreSQL", "React": "React", "TypeScript": "TypeScript", "AWS": "AWS", "SQL": "SQL",
    "Spring Boot": "Spring Boot", "C#": "C#", "Docker": "Docker", "Rust": "Rust", "Node": "Node.js", "Kafka": "Kafka",
    "next jay ess": "Next.js", "type script": "TypeScript", "my sequel": "MySQL", "post gress": "PostgreSQL",
    "rest": "REST APIs", "CI/CD": "CI/CD", "machine learning": "machine learning", "Swift": "Swift", "Vue": "Vue",
}  # fmt: skip
LEADS = ["with ", "about ", "on ", "and I'd like ", "mainly ", "technologies are ", "focus on ", "using "]
OPENINGS = ["", "I'd like to practise for a ", "Um, ", "I want an interview for a ", "It's for a ", "I'm a ", "So, "]


@settings(max_examples=300, deadline=None)
@given(
    opening=st.sampled_from(OPENINGS),
    role=st.sampled_from(ROLES),
    level=st.sampled_from(sorted(LEVELS)),
    kind=st.sampled_from(sorted(TYPES)),
    number=st.sampled_from(sorted(NUMBERS)),
    count=st.sampled_from(COUNTS),
    lead=st.sampled_from(LEADS),
    names=st.lists(st.sampled_from(sorted(TECHNOLOGIES)), min_size=1, max_size=3, unique=True),
    joint=st.sampled_from([", ", ". ", ", and "]),
    order=st.permutations(range(4)),
)
def test_everything_about_the_interview_in_one_turn_in_any_order(
    opening: str,
    role: str,
    level: str,
    kind: str,
    number: str,
    count: str,
    lead: str,
    names: list[str],
    joint: str,
    order: list[int],
) -> None:
    named = lead + " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    parts = [level, kind, count.format(number), named]
    text = f"{opening}{role}, {joint.join(parts[at] for at in order)}."
    draft = apply(parse(text, SetupDraft(), "anything"), SetupDraft())
    assert (draft.role, draft.level, draft.interview_type, draft.question_count) == (
        role,
        LEVELS[level],
        TYPES[kind],
        NUMBERS[number],
    ), text
    assert set(draft.technologies or []) == {TECHNOLOGIES[name] for name in names}, text


KNOWN = SetupDraft(
    role="backend developer", interview_type="technical", level="mid", question_count=5, technologies=["Java", "Redis"]
)
BEFORE = [
    "",
    "No, ",
    "Yes, but ",
    "Um, ",
    "Hmm, ",
    "Wait, ",
    "Actually, ",
    "Sorry, ",
    "Not quite, ",
    "Oh, ",
    "Yeah but ",
]
AFTER = ["", ", please", " please", ", thanks"]
CHANGES: list[tuple[str, dict[str, object]]] = [
    ("make it eight", {"question_count": 8}),
    ("eight, not five", {"question_count": 8}),
    ("eight instead of five", {"question_count": 8}),
    ("the number of questions should be eight", {"question_count": 8}),
    ("I'd rather have eight questions", {"question_count": 8}),
    ("could you make it eight", {"question_count": 8}),
    ("change the level to senior", {"level": "senior"}),
    ("not mid, senior", {"level": "senior"}),
    ("it should be senior", {"level": "senior"}),
    ("mid is wrong, it's senior", {"level": "senior"}),
    ("only behavioral questions", {"interview_type": "behavioral"}),
    ("change technical to mixed", {"interview_type": "mixed"}),
    ("it's for a data engineer", {"role": "data engineer"}),
    ("data engineer, not backend", {"role": "data engineer"}),
    ("add Go", {"technologies": ["Java", "Redis", "Go"]}),
    ("Kafka as well", {"technologies": ["Java", "Redis", "Kafka"]}),
    ("leave Redis out", {"technologies": ["Java"]}),
    ("I don't need Redis", {"technologies": ["Java"]}),
    ("rest instead of Redis", {"technologies": ["Java", "REST APIs"]}),
    ("change Redis to Go", {"technologies": ["Java", "Go"]}),
    ("only Rust", {"technologies": ["Rust"]}),
    ("the technologies should be Spring and Go", {"technologies": ["Spring", "Go"]}),
]


@pytest.mark.parametrize(("words", "changes"), CHANGES)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", AFTER)
def test_a_change_is_understood_whatever_is_said_around_it(
    before: str, words: str, after: str, changes: dict[str, object]
) -> None:
    heard = parse(f"{before}{words}{after}.", KNOWN, "confirm")
    assert apply(heard, KNOWN) == KNOWN.model_copy(update=changes)
    assert heard.answer != "yes"
