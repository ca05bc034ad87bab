"""What the rules read from one turn."""

from typing import Any

import pytest

from agent.setup.found import Asked
from agent.setup.heard import apply
from agent.setup.parser import parse
from storage.models.setup import SetupDraft
from tests.support.setup_turns import DRAFT, after, read

pytestmark = pytest.mark.unit


def test_a_field_that_is_left_empty_wants_no_technologies():
    assert read("Leave that empty.", "technologies").slots.technologies == ()


@pytest.mark.parametrize(
    ("text", "asked", "technologies"),
    [
        ("Go and Postgres", "technologies", ("Go", "PostgreSQL")),
        ("next jay ess, post gress and cube control", "technologies", ("Next.js", "PostgreSQL", "Kubernetes")),
        ("see sharp, go lang, my sequel, type script", "technologies", ("C#", "Go", "MySQL", "TypeScript")),
        ("view and nuxt", "technologies", ("Vue", "Nuxt")),
        ("C# and .NET, C++ too", "technologies", ("C#", ".NET", "C++")),
        ("HTML and CSS", "technologies", ("HTML and CSS",)),
        ("a backend role with go and rest", "anything", ("Go", "REST APIs")),
        ("Node.js, Next.js and CI/CD", "anything", ("Node.js", "Next.js", "CI/CD")),
        ("Spring Boot and K8s", "anything", ("Spring Boot", "Kubernetes")),
        ("none in particular", "technologies", ()),
        ("Vue, sorry, React", "technologies", ("React",)),
        ("Let's go with the rest next week", "anything", None),
        ("I'm an engineer at Oracle", "anything", None),
        ("a Go backend position at a startup", "anything", ("Go",)),
        ("I'd prefer Rust over Go", "technologies", ("Rust",)),
        ("nothing", "technologies", ()),
        ("The first two", "technologies", None),
        ("react naitive", "technologies", ("React Native",)),
        ("Er, Spark and, um, Airflow", "technologies", ("Spark", "Airflow")),
        ("I'm good at Java", "anything", ("Java",)),
        ("Elixir and Phoenix", "technologies", ("Elixir", "Phoenix")),
        ("TypeScript, and Prisma", "technologies", ("TypeScript", "Prisma")),
        ("Purple monkey dishwasher", "technologies", None),
        ("Technical, five questions, Go.", "anything", ("Go",)),
        ("We go to the spring festival", "anything", None),
        ("I'd like a view of what you have", "anything", None),
        ("cafkar and snow flayke", "technologies", ("Kafka", "Snowflake")),
        ("Python and Sparky.", "technologies", ("Python", "Spark")),
        ("I know Java. Hadoop, drop it.", "technologies", ("Java",)),
        ("a lot of pandas and some PyTorch", "anything", ("pandas", "PyTorch")),
        ("Python and a bit of rust", "anything", ("Python", "Rust")),
        ("Twelve years of C++ behind me, and now I'm up for an embedded engineer position.", "anything", None),
        ("I've done COBOL all my life, now I'm going for a Java developer job.", "anything", ("Java",)),
        ("I've done Java for ten years, I'm a backend developer.", "anything", ("Java",)),
        ("After ten years of PHP I want to be a Go developer.", "anything", ("Go",)),
        ("I used to do Perl, these days it's Python.", "technologies", ("Python",)),
        ("iOS developer. No, hold on, the Android team is hiring. Android developer.", "anything", ("Android",)),
        ("Python. No, everybody knows I can do Python, so only Go.", "technologies", ("Go",)),
        ("I hate React. Angular developer.", "anything", ("Angular",)),
        ("Unity and C sharp. Sorry, I mean Unreal Engine and C plus plus.", "technologies", ("Unreal Engine", "C++")),
        ("Ten years with COBOL, but the new job is Python only.", "anything", ("Python",)),
        ("I was promoted in spring.", "level", None),
        ("C sharp, and for the database SQL Server.", "technologies", ("C#", "SQL Server")),
        ("I work on the backend with the Python Django stack.", "anything", ("Python", "Django")),
        ("I mostly develop in Spring.", "technologies", ("Spring",)),
        ("senior Java developer, working in Spring Boot", "anything", ("Java", "Spring Boot")),
        ("Mostly Java, but for scripts Python only.", "technologies", ("Java", "Python")),
        ("It's no problem if you ask about Kafka.", "technologies", ("Kafka",)),
        ("There is no doubt I want Kafka.", "technologies", ("Kafka",)),
        ("We use React and update it with Redux.", "technologies", ("React", "Redux")),
        ("Could I pick any of Java and Kotlin?", "technologies", ("Java", "Kotlin")),
        ("Mid. Next.", "level", None),
        ("There were eight of us.", "question_count", None),
    ],
)
def test_technologies(text: str, asked: Asked, technologies: tuple[str, ...] | None):
    assert read(text, asked).slots.technologies == technologies


def test_several_things_at_once():
    heard = read("senior backend, Go and Postgres, about five technical ones")
    assert apply(heard, SetupDraft()) == DRAFT


def test_the_tone_is_taken_when_it_comes_up():
    assert read("and please be tough on me").slots.tone == "challenging"
    assert read("a friendly interviewer").slots.tone == "friendly"
    assert read("that's a hard question").slots.tone is None


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("No, make it eight.", {"question_count": 8}),
        ("two more questions", {"question_count": 7}),
        ("Not senior.", {"level": None}),
        ("The level is wrong.", {"level": None}),
        ("Change the role.", {"role": None}),
        ("React, not Go.", {"technologies": ["PostgreSQL", "React"]}),
        ("Leave Go out.", {"technologies": ["PostgreSQL"]}),
        ("No Go, please.", {"technologies": ["PostgreSQL"]}),
        ("I said Rust, not Go.", {"technologies": ["PostgreSQL", "Rust"]}),
        ("Yes, except that it should be mixed.", {"interview_type": "mixed"}),
        ("I didn't say senior.", {"level": None}),
        ("Swap Go and Postgres for Rust.", {"technologies": ["Rust"]}),
        ("Add behavioral questions.", {"interview_type": "mixed"}),
        ("Everything's right except the level.", {"level": None}),
        ("Yes, yes, go.", {}),
        ("Take Go out and put Rust in.", {"technologies": ["PostgreSQL", "Rust"]}),
        ("Postgres isn't needed.", {"technologies": ["Go"]}),
        ("Change Go to Rust.", {"technologies": ["PostgreSQL", "Rust"]}),
        ("Only Python.", {"technologies": ["Python"]}),
        ("No, Python and Redis.", {"technologies": ["Python", "Redis"]}),
        ("Add Kafka.", {"technologies": ["Go", "PostgreSQL", "Kafka"]}),
        ("And Docker as well.", {"technologies": ["Go", "PostgreSQL", "Docker"]}),
        ("Make it mixed.", {"interview_type": "mixed"}),
        ("No technologies in particular.", {"technologies": []}),
        ("Fewer questions.", {"question_count": None}),
        ("I said frontend, not backend.", {"role": "frontend developer"}),
        ("Yes, five questions is right.", {}),
        ("One moment, Go is wrong, I wanted Rust.", {"technologies": ["PostgreSQL", "Rust"]}),
        ("Go I don't need.", {"technologies": ["PostgreSQL"]}),
        ("Go, hmm, rather not.", {"technologies": ["PostgreSQL"]}),
        ("PostgreSQL's fine, Go's not.", {"technologies": ["PostgreSQL"]}),
        ("Kick PostgreSQL, please.", {"technologies": ["Go"]}),
        ("Two off, please.", {"question_count": 3}),
        ("Down a level.", {"level": "mid"}),
    ],
)
def test_corrections(text: str, changes: dict[str, Any]):
    assert after(text) == DRAFT.model_copy(update=changes)


def test_what_is_asked_about_is_not_wanted():
    heard = read("What is mixed?", "interview_type")
    assert heard.question == "mixed"
    assert heard.slots.interview_type is None
    assert read("What's the difference between behavioral and technical?").question == "interview_type"
    assert read("How many can I have?", "question_count").question == "question_count"
    assert read("What do you have so far?").question == "so_far"


def test_asking_for_a_change_is_no_such_question():
    assert read("Can we do eight?", "confirm", DRAFT).slots.question_count == 8
    assert read("How about mixed?", "interview_type").slots.interview_type == "mixed"


def test_a_question_and_an_answer_in_one_turn_are_both_read():
    heard = read("What is mixed? Never mind, technical.", "interview_type")
    assert heard.question == "mixed"
    assert heard.slots.interview_type == "technical"


def test_a_company_and_a_worry_are_kept_word_for_word():
    heard = read("I have an interview at Google as a backend engineer. I'm nervous about system design.")
    assert heard.remark == "I have an interview at Google as a backend engineer. I'm nervous about system design."
    assert heard.slots.role == "backend engineer"
    kept = apply(heard, SetupDraft(job_description="We build search."))
    assert kept.job_description == "We build search."
    assert kept.remarks == heard.remark
    again = apply(read("I struggle with estimates."), kept)
    assert again.remarks == f"{heard.remark}\nI struggle with estimates."


@pytest.mark.parametrize("text", ["", "…", "?", "<draft>", "null", "a" * 5000, "no " * 400, "5" * 50, "ÄÖÜ 日本語 🎉"])
def test_no_words_are_too_odd(text: str):
    for asked in ("anything", "confirm", "question_count", "technologies", "role"):
        apply(parse(text, DRAFT, asked), DRAFT)


def test_what_is_to_be_taken_away_may_be_misheard():
    draft = SetupDraft(technologies=["Go", "Redis"])
    assert parse("Drop ridis and add Kafka.", draft, "confirm").removed == ("Redis",)


def test_help_that_is_asked_for_is_no_question():
    assert parse("Can you help me practise for a role as a nurse?", SetupDraft(), "anything").slots.role == "nurse"


@pytest.mark.parametrize(
    ("heard", "named"),
    [
        ("Nessus. Inmap. UnPython.", ("Nessus", "Nmap", "Python")),
        ("Docker Invault.", ("Docker", "Vault")),
        ("Kubernetes and JINX and Graphana.", ("Kubernetes", "Nginx", "Grafana")),
        ("Angular, Ansible and Android.", ("Angular", "Ansible", "Android")),
        ("Unity, Inkscape and InDesign.", ("Unity", "Inkscape", "InDesign")),
    ],
)
def test_an_and_that_is_written_in_one_word_with_a_name_is_no_part_of_it(heard: str, named: tuple[str, ...]):
    assert parse(heard, SetupDraft(), "technologies").slots.technologies == named
