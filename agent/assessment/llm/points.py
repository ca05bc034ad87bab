"""Expected points and parts of a story, judged by a model: the median of its samples, with quotes that were said."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.assessment.answers import Answer
from agent.assessment.judge import AnswerJudgement, PointFinding, Quoted, StoryFinding, StoryPartName
from agent.assessment.llm.client import StructuredLlm, sampled
from agent.assessment.llm.lines import answer_lines, misconception_id, misconception_lines, point_lines
from agent.assessment.llm.samples import disagree_sharply, median_covered
from agent.assessment.llm.shapes import PointVerdict, PointVerdicts
from agent.assessment.quotes import locate
from agent.assessment.scores import WORTH
from agent.assessment.spoken import SpokenTurn
from prompts import load_prompt
from storage.models.interview import ExpectedPoint, Misconception

STORY_PREFIX = "story-"
SHOWS: Mapping[StoryPartName, str] = {
    "situation": "Where and when it was, and what was at stake",
    "action": "What the candidate did themselves, said as “I”",
    "result": "What came of it",
    "number": "A number that shows how much",
    "reflection": "What they learned or would do differently",
}
Checked = tuple[PointVerdict, Quoted | None]
"""A verdict with the place of its quote; without one it is a no."""


async def judge_points(llm: StructuredLlm, answer: Answer, device: AnswerJudgement, samples: int) -> AnswerJudgement:
    """The device's judgement with the model's verdicts in place of its own. What it knows better stays: gates, moves.

    Raises:
        ModelFailedError: One of the samples didn't come.
    """
    to_check = [*answer.key.expected_points, *_story_points(answer, device)]
    if not to_check or not answer.turns:
        return device
    given = await sampled(lambda number: _ask(llm, answer, to_check, number), samples)
    checked = [{verdict.point_id: _checked(verdict, answer) for verdict in one.points} for one in given]
    return replace(
        device,
        points=tuple(
            _point(finding, [one[finding.point.point_id] for one in checked], answer) for finding in device.points
        ),
        story=tuple(_part(finding, [one[STORY_PREFIX + finding.part] for one in checked]) for finding in device.story),
    )


async def _ask(llm: StructuredLlm, answer: Answer, points: Sequence[ExpectedPoint], number: int) -> PointVerdicts:
    """The order of the points means nothing, so each sample has another. The same sample always has the same."""
    shuffled = list(points)
    random.Random(f"{answer.question.question_id}:{number}").shuffle(shuffled)
    prompt = load_prompt(
        "judge_points",
        question=answer.question.text,
        misconceptions=misconception_lines(answer.key.misconceptions),
        answer=answer_lines(answer),
        points=point_lines(shuffled),
    )
    choices = {
        "point_id": [point.point_id for point in shuffled],
        "turn_seq": [spoken.turn.seq for spoken in answer.turns],
        "misconception": [misconception_id(at) for at in range(len(answer.key.misconceptions))] or [""],
    }
    return await llm.ask(prompt, PointVerdicts, choices)


def _story_points(answer: Answer, device: AnswerJudgement) -> list[ExpectedPoint]:
    wanted = {part.part: part.shows for part in answer.key.story}
    return [
        ExpectedPoint(point_id=STORY_PREFIX + finding.part, claim=wanted.get(finding.part) or SHOWS[finding.part])
        for finding in device.story
    ]


def _checked(verdict: PointVerdict, answer: Answer) -> Checked:
    """A yes or a partly whose quote wasn't said in that turn is a no."""
    quoted = _place_of(verdict, answer.turns)
    if verdict.covered != "no" and quoted is None:
        return verdict.model_copy(update={"covered": "no"}), None
    return verdict, quoted


def _place_of(verdict: PointVerdict, turns: Sequence[SpokenTurn]) -> Quoted | None:
    for spoken in turns:
        if spoken.turn.seq == verdict.turn_seq:
            span = locate(verdict.quote or "", spoken)
            return Quoted(spoken, span) if span is not None else None
    return None


def _point(device: PointFinding, samples: Sequence[Checked], answer: Answer) -> PointFinding:
    covered = median_covered([verdict.covered for verdict, _ in samples])
    strength = sum(WORTH[verdict.covered] for verdict, _ in samples) / len(samples)
    quoted = next((place for verdict, place in samples if verdict.covered == covered and place is not None), None)
    if disagree_sharply(covered, device.strength) and (covered == "yes" or device.covered == "yes"):
        heard = quoted if covered == "yes" else device.quoted
        if heard is not None:
            return PointFinding(device.point, "partly", strength, heard, "judges_disagree")
    wrong = _misconception(device.point, samples, answer)
    if wrong is not None:
        place = quoted or next((place for _, place in samples if place is not None), None)
        if place is not None:
            return PointFinding(device.point, "partly", strength, place, "misconception", wrong)
    return PointFinding(device.point, covered, strength, quoted if covered != "no" else None)


def _misconception(point: ExpectedPoint, samples: Sequence[Checked], answer: Answer) -> Misconception | None:
    """The one that most samples heard against this point."""
    for number, wrong in enumerate(answer.key.misconceptions):
        named = sum(verdict.misconception == misconception_id(number) for verdict, _ in samples)
        if wrong.contradicts in (None, point.point_id) and 2 * named > len(samples):
            return wrong
    return None


def _part(device: StoryFinding, samples: Sequence[Checked]) -> StoryFinding:
    """The checklist on the device knows cues, not stories: it only keeps the model from denying what has one."""
    covered = median_covered([verdict.covered for verdict, _ in samples])
    if covered == "no":
        return (
            StoryFinding(device.part, "partly", device.quoted)
            if device.covered == "yes"
            else StoryFinding(device.part, "no")
        )
    quoted = next(place for verdict, place in samples if verdict.covered == covered and place is not None)
    return StoryFinding(device.part, covered, quoted)
