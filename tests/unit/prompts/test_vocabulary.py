"""From what people type to role families and technology ids."""

import pytest

from prompts.question_bank import (
    expand_technologies,
    match_role,
    match_technologies,
    role_technologies,
    technology_label,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("role", "families"),
    [
        ("React developer", ["frontend", "software", "general"]),
        ("Senior Front-End Engineer (m/f/d)", ["frontend", "software", "general"]),
        ("SRE", ["devops", "software", "general"]),
        ("full-stack dev", ["full-stack", "frontend", "backend", "software", "general"]),
        ("Golang backend engineer", ["backend", "software", "general"]),
        ("Go developer", ["backend", "software", "general"]),
        ("Java Developer", ["backend", "software", "general"]),
        ("JavaScript Engineer", ["frontend", "software", "general"]),
        ("C# programmer", ["backend", "software", "general"]),
        ("iOS developer", ["mobile", "software", "general"]),
        ("Data Scientist", ["ml", "data", "software", "general"]),
        ("QA automation engineer", ["qa", "software", "general"]),
        ("Engineering Manager", ["engineering-manager", "software", "general"]),
        ("DevSecOps", ["devops", "security", "software", "general"]),
        ("software engineer", ["software", "general"]),
        ("barista", ["general"]),
        ("security guard", ["general"]),
        ("data entry clerk", ["general"]),
        ("go-to-market manager", ["general"]),
        ("", ["general"]),
        ("🦊 !!!", ["general"]),
    ],
)
def test_a_role_in_anybodys_words_finds_its_families_nearest_first(role: str, families: list[str]) -> None:
    assert match_role(role) == families


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Postgres 16", "postgresql"),
        ("PostgreSQL", "postgresql"),
        ("k8s", "kubernetes"),
        ("NextJS", "nextjs"),
        ("next.js", "nextjs"),
        ("Next", "nextjs"),
        ("Node", "nodejs"),
        ("Go", "go"),
        ("golang", "go"),
        ("C#", "csharp"),
        ("c sharp", "csharp"),
        (".NET 8", "dotnet"),
        ("ASP.NET Core", "dotnet"),
        ("C++", "cpp"),
        ("React Native", "react-native"),
        ("react", "react"),
        ("Java 21", "java"),
        ("JavaScript (ES6)", "javascript"),
        ("AWS: Lambda, S3", "aws"),
        ("CI/CD", "ci-cd"),
        ("  TYPESCRIPT ", "typescript"),
    ],
)
def test_a_technology_is_known_by_its_many_names(name: str, id_: str) -> None:
    assert match_technologies([name])[0] == id_


def test_unknown_technologies_are_left_out_and_repeats_dropped() -> None:
    assert match_technologies(["COBOL", "postgres", "PostgreSQL", "🦊", ""]) == ["postgresql"]


def test_java_is_not_found_in_javascript() -> None:
    assert "java" not in match_technologies(["JavaScript", "java script developer"])


def test_related_technologies_follow_the_named_ones() -> None:
    assert expand_technologies(["nextjs"])[:2] == ["nextjs", "react"]
    assert expand_technologies(["mysql"]) == ["mysql", "sql"]


def test_a_role_brings_the_technologies_that_it_names_or_its_usual_ones() -> None:
    assert role_technologies("React developer") == ["react"]
    assert role_technologies("SRE")[0] == "docker"
    assert role_technologies("barista") == []


def test_an_id_has_its_written_label() -> None:
    assert technology_label("postgresql") == "PostgreSQL"
    with pytest.raises(KeyError):
        technology_label("cobol")
