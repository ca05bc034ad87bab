"""The shipped rubrics, and what their loader refuses."""

import re
from itertools import product
from pathlib import Path

import pytest

from prompts import prompt_names
from prompts.question_bank import load_bank
from prompts.question_bank.wording import overlap, word_count
from prompts.rubrics import RUBRIC_LEVELS, RUBRIC_VERSION, Rubric, RubricError, load_rubric
from prompts.rubrics.loading import RUBRICS_DIR
from prompts.rubrics.reader import INTERVIEW_TYPES, LEVELS, read_rubric
from prompts.versions import content_version
from storage.models.feedback import CATEGORIES
from storage.models.interview import InterviewType, Level

pytestmark = pytest.mark.unit

RUBRICS = [load_rubric(category) for category in CATEGORIES]
SHIPPED = (RUBRICS_DIR / "communication.md").read_text(encoding="utf-8")
each_rubric = pytest.mark.parametrize("rubric", RUBRICS, ids=CATEGORIES)
each_part = pytest.mark.parametrize(("interview_type", "level"), list(product(INTERVIEW_TYPES, LEVELS)))


def altered(tmp_path: Path, old: str, new: str) -> Rubric:
    """The shipped rubric with its first `old` replaced, read again."""
    assert old in SHIPPED
    file = tmp_path / "communication.md"
    file.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return read_rubric(file, "communication")


def test_every_category_has_a_rubric_and_every_file_is_one() -> None:
    assert {name.removeprefix("rubrics/") for name in prompt_names() if name.startswith("rubrics/")} == set(CATEGORIES)


def test_a_rubric_is_read_once() -> None:
    assert load_rubric("confidence") is load_rubric("confidence")


def test_the_version_changes_with_any_word_and_not_with_line_endings(tmp_path: Path) -> None:
    assert re.fullmatch(r"1\.[0-9a-f]{8}", RUBRIC_VERSION)
    file = tmp_path / "communication.md"
    versions: list[str] = []
    for text in (SHIPPED, SHIPPED.replace("\n", "\r\n"), SHIPPED.replace("easily", "quickly", 1)):
        file.write_bytes(text.encode())
        versions.append(content_version(1, [file]))
    assert versions[0] == versions[1] != versions[2]


@each_rubric
@each_part
def test_a_part_has_an_example_at_each_level_and_stays_short(
    rubric: Rubric, interview_type: InterviewType, level: Level
) -> None:
    examples = rubric.examples_for(interview_type, level)
    assert list(examples) == list(RUBRIC_LEVELS)
    assert all(example.earns[level] == earned for earned, example in examples.items())
    assert len({example.question for example in examples.values()}) == 1
    part = rubric.part(interview_type, level)
    assert all(example.answer in part for example in examples.values())
    assert word_count(part) <= 800


@each_rubric
@each_part
def test_a_part_says_nothing_of_other_interview_types_and_levels(
    rubric: Rubric, interview_type: InterviewType, level: Level
) -> None:
    part = rubric.part(interview_type, level)
    assert rubric.expected[level].at_3 in part
    assert rubric.scopes[interview_type].counts in part
    for other in set(LEVELS) - {level}:
        assert rubric.expected[other].at_5 not in part
    for other in set(INTERVIEW_TYPES) - {interview_type}:
        assert rubric.scopes[other].counts not in part


@each_rubric
def test_the_same_answer_earns_less_from_a_senior_than_from_a_junior(rubric: Rubric) -> None:
    ordinary = [example for example in rubric.examples if example.earns["junior"] in (2, 3, 4)]
    assert ordinary
    for example in ordinary:
        assert example.earns["senior"] == example.earns["junior"] - 1, example.answer


@each_rubric
def test_examples_are_spoken_short_and_not_better_by_length_alone(rubric: Rubric) -> None:
    for example in rubric.examples:
        assert 25 <= word_count(example.answer) <= 60, example.answer
        assert word_count(example.why) <= 20, example.why
        assert not re.search(r"[*_`#<>\[\]{}|\\/]", example.answer), example.answer
    for question in {example.question for example in rubric.examples}:
        lengths = [word_count(example.answer) for example in rubric.examples if example.question == question]
        assert max(lengths) <= 1.75 * min(lengths)


@each_rubric
def test_examples_answer_no_question_of_the_bank(rubric: Rubric) -> None:
    for question in load_bank().questions:
        for example in rubric.examples:
            assert overlap(example.question, question.text) < 0.5, (example.question, question.question_id)


@each_rubric
def test_a_rubric_says_that_accent_does_not_count_and_that_hints_cost_nothing(rubric: Rubric) -> None:
    assert "ccent" in rubric.what_it_is_not or "accent" in rubric.what_it_is_not
    assert "cost nothing" in rubric.costs
    assert "hint" in rubric.costs
    assert "skip" in rubric.costs


@each_rubric
def test_levels_are_told_by_what_can_be_observed(rubric: Rubric) -> None:
    verdicts = re.compile(r"\b(excellent|good|poor|bad|great|strong|weak|adequate|hire\w*|personality|voice)\b", re.I)
    for anchor in rubric.anchors:
        assert len(anchor.behaviours) >= 2, anchor.level
        for behaviour in anchor.behaviours:
            assert not verdicts.search(behaviour.replace("good practice", "")), behaviour


def test_an_unknown_heading_is_refused_by_file_and_heading(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"communication\.md: .*'Proof'"):
        altered(tmp_path, "## Evidence", "## Proof")
    with pytest.raises(RubricError, match=r"communication\.md › Levels: .*'3 again'"):
        altered(tmp_path, "### 3\n", "### 3 again\n")


def test_a_missing_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"communication\.md › Expected of a junior: .*\['3', '5'\]"):
        altered(tmp_path, "## Expected of a junior\n### 3\n", "## Expected of a junior\n")
    with pytest.raises(RubricError, match=r"Interview types › behavioral: .*'Counts'"):
        altered(tmp_path, "#### Counts\nAll answers, most of all the stories.\n", "")


def test_headings_out_of_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="Levels"):
        altered(tmp_path, "### 1\n- Even", "### 2\n- Even")


def test_a_heading_without_text_is_refused(tmp_path: Path) -> None:
    level_5 = SHIPPED[SHIPPED.index("- The point comes first") : SHIPPED.index("## Expected of a junior")]
    with pytest.raises(RubricError, match=r"communication\.md › Levels › 5: has no text"):
        altered(tmp_path, level_5, "")


def test_a_heading_where_only_text_belongs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"Evidence › Pace: no heading is expected here"):
        altered(tmp_path, "- Pace, only by the facts", "### Pace\n- Only by the facts")


def test_text_where_only_headings_belong_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"communication\.md › Levels: has text"):
        altered(tmp_path, "## Levels\n", "## Levels\nFive of them.\n")
    with pytest.raises(RubricError, match=r"communication\.md: has text"):
        altered(tmp_path, "# Communication", "A preface.\n\n# Communication")


def test_a_heading_that_skips_a_step_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="skips a step"):
        altered(tmp_path, "## Evidence", "#### Evidence")


def test_another_categorys_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"communication\.md: is headed 'Confidence', needs 'Communication'"):
        altered(tmp_path, "# Communication", "# Confidence")


def test_behaviours_that_are_no_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"Levels › 1: .Even at the end"):
        altered(tmp_path, "- Even at the end", "Even at the end")


def test_an_example_without_its_levels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"› junior 3, senior 2: needs a heading"):
        altered(tmp_path, "#### junior 3, mid 3, senior 2", "#### junior 3, senior 2")
    with pytest.raises(RubricError, match="needs a heading"):
        altered(tmp_path, "#### junior 3, mid 3, senior 2", "#### junior 6, mid 3, senior 2")


def test_an_example_without_the_reason_for_its_levels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"junior 1, mid 1, senior 1: .*says why"):
        altered(tmp_path, "Never says what a backup is good for; thoughts without order or link.\n", "")


def test_a_level_that_no_example_earns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"technical: What is a backup.*no example earns \[4\] for junior"):
        altered(tmp_path, "#### junior 4, mid 3, senior 3", "#### junior 5, mid 3, senior 3")


def test_an_example_that_earns_more_with_more_experience_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="junior 4, mid 5, senior 3: the same words earn more"):
        altered(tmp_path, "#### junior 4, mid 3, senior 3", "#### junior 4, mid 5, senior 3")


def test_a_variable_in_a_rubric_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="no variables"):
        altered(tmp_path, "How easily", "{{answer}} How easily")


def test_a_category_without_a_file_is_refused() -> None:
    with pytest.raises(RubricError, match="no rubric 'charm'"):
        load_rubric("charm")  # pyright: ignore[reportArgumentType]
