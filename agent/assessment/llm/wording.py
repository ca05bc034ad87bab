"""A report's sentences by a model, from findings only. Code drops what a text says beyond the findings it names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent.assessment.findings import CheckThis
from agent.assessment.grading import Found, Wording
from agent.assessment.judge import AnswerJudgement
from agent.assessment.llm.client import StructuredLlm
from agent.assessment.llm.lines import one_line
from agent.assessment.llm.proper import is_proper
from agent.assessment.llm.shapes import AreaWords, ReportWords, StrengthWords, StrongerAnswerWords
from agent.assessment.wording import about_question
from agent.assessment.words import content_stems
from prompts import load_prompt
from storage.models.feedback import AboutQuestion, AreaForImprovement, Claim, Evidence

FindingKind = Literal["strength", "area", "missing", "unsure", "fact"]
FOUNDED_SHARE = 0.3
"""Of a text's meaningful words, those that stand in the findings it names. Sentences have words of their own; a text
about something else shares none."""
STRONGER_FOUNDED_SHARE = 0.45
"""Of an example answer: most of it is the candidate's words and the missing points."""
MOST_WORDS = {"claim": 60, "stronger": 130, "final": 120}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_GAP = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Finding:
    """One line of the prompt."""

    id: str
    kind: FindingKind
    question_id: str
    text: str
    evidence: Sequence[Evidence] = ()
    about: Sequence[AboutQuestion] = ()
    """The questions of an area, or of what was missing."""
    beyond: str = field(default="", compare=False)
    """More that a text on this finding may draw on: the answer itself, the wordings of its missing points."""

    @property
    def line(self) -> str:
        quotes = " ".join(f'"{one_line(one.quote)}"' for one in self.evidence)
        return f"{self.id} | {self.kind} | {self.question_id} | {one_line(self.text)} | {quotes}".rstrip(" |")


async def word_report(llm: StructuredLlm, found: Found, templates: Wording) -> Wording:
    """The templates' wording with the model's sentences in place of theirs where these stand.

    Raises:
        ModelFailedError: No usable JSON came.
    """
    findings = _findings(found, templates)
    choices = {
        "finding_ids": [finding.id for finding in findings],
        "question_id": sorted({f.question_id for f in findings if f.question_id != "-"}) or ["-"],
    }
    prompt = load_prompt("judge_wording", findings="\n".join(finding.line for finding in findings))
    words = await llm.ask(prompt, ReportWords, choices)
    by_id = {finding.id: finding for finding in findings}
    return Wording(
        strengths=_strengths(words.strengths, by_id, templates),
        areas=_areas(words.areas, by_id, templates),
        stronger_answers={**templates.stronger_answers, **_stronger(words.stronger_answers, by_id)},
        final_assessment=_final(words, by_id, templates),
    )


def _findings(found: Found, templates: Wording) -> list[Finding]:
    """The templates' claims, what was missing in each answer, and the facts of the attempt, each with an id."""
    found_lines = [
        Finding(f"s{at}", "strength", strength.judgement.answer.question.question_id, claim.text, claim.evidence)
        for at, (strength, claim) in enumerate(zip(found.strengths, templates.strengths, strict=True), start=1)
    ]
    for at, (area, words) in enumerate(zip(found.areas, templates.areas, strict=True), start=1):
        kind: FindingKind = "unsure" if isinstance(area, CheckThis) else "area"
        text = f"{words.text} {words.suggestion}"
        found_lines.append(Finding(f"a{at}", kind, _question_of(area), text, words.evidence, words.about))
    for judgement in found.interview.judged:
        missing = [finding.point for finding in judgement.points if finding.covered == "no"]
        if missing:
            question = judgement.answer.question
            wordings = [words for point in missing for words in (point.claim, *point.paraphrases)]
            kept = [f.quoted.evidence for f in judgement.points if f.covered == "yes" and f.quoted is not None]
            found_lines.append(
                Finding(
                    f"m{question.index + 1}",
                    "missing",
                    question.question_id,
                    f"asked: {question.text} Not heard: {'; '.join(point.claim for point in missing)}",
                    kept[:2],
                    [about_question(judgement)],
                    beyond=" ".join([judgement.answer.text, *wordings]),
                )
            )
    return [*found_lines, *_facts(found)]


def _question_of(area: object) -> str:
    judgement = getattr(area, "judgement", None)
    return judgement.answer.question.question_id if isinstance(judgement, AnswerJudgement) else "-"


def _facts(found: Found) -> list[Finding]:
    planned, judged = len(found.interview.judgements), len(found.interview.judged)
    texts = [f"{judged} of {planned} questions had an answer that could be judged"]
    texts.append(
        "There is not enough for an overall score" if found.overall is None else f"overall {found.overall} of 100"
    )
    for category in found.categories:
        name = category.category.replace("_", " ")
        texts.append(f"{name}: {category.score}" if category.score is not None else f"{name}: not enough evidence")
    return [Finding(f"f{at}", "fact", "-", text) for at, text in enumerate(texts, start=1)]


def _strengths(words: Sequence[StrengthWords], by_id: Mapping[str, Finding], templates: Wording) -> list[Claim]:
    kept = [
        Claim(text=one_line(one.text), evidence=_evidence(named))
        for one in words
        if (named := _named(one.finding_ids, by_id, {"strength"})) and _stands(one.text, named, "claim")
    ]
    return kept or templates.strengths


def _areas(words: Sequence[AreaWords], by_id: Mapping[str, Finding], templates: Wording) -> list[AreaForImprovement]:
    """An area keeps what it is about from the first template that it names, so that it is recognised when it recurs.

    Quotes of what was said support an area or a doubt; that something was missing needs none.
    """
    meanings = {f"a{at}": area.meaning for at, area in enumerate(templates.areas, start=1)}
    kept: list[AreaForImprovement] = []
    for one in words:
        named = _named(one.finding_ids, by_id, {"area", "unsure", "missing"})
        if named and _stands(one.text, named, "claim") and _stands(one.suggestion, named, "claim", share=0.0):
            kept.append(
                AreaForImprovement(
                    text=one_line(one.text),
                    suggestion=one_line(one.suggestion),
                    evidence=_evidence([finding for finding in named if finding.kind != "missing"]),
                    meaning=next((meanings[finding.id] for finding in named if finding.id in meanings), None),
                    about=_about(named),
                )
            )
    return kept or templates.areas


def _stronger(words: Sequence[StrongerAnswerWords], by_id: Mapping[str, Finding]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for one in words:
        named = [
            finding for finding in _named(one.finding_ids, by_id, {"missing"}) if finding.question_id == one.question_id
        ]
        if named and _stands(one.text, named, "stronger", share=STRONGER_FOUNDED_SHARE):
            kept[one.question_id] = f"As an example: {one_line(one.text)}"
    return kept


def _final(words: ReportWords, by_id: Mapping[str, Finding], templates: Wording) -> str:
    final = words.final_assessment
    named = _named(final.finding_ids, by_id, {"strength", "area", "missing", "unsure", "fact"})
    return one_line(final.text) if named and _stands(final.text, named, "final") else templates.final_assessment


def _named(ids: Iterable[str], by_id: Mapping[str, Finding], kinds: set[str]) -> list[Finding]:
    """The findings of these kinds; none when an id doesn't exist, or when nothing of these kinds is named."""
    ids = list(dict.fromkeys(ids))
    if any(one not in by_id for one in ids):
        return []
    return [by_id[one] for one in ids if by_id[one].kind in kinds]


def _stands(text: str, named: Sequence[Finding], kind: str, *, share: float = FOUNDED_SHARE) -> bool:
    """Proper, short, with no number and no quote but those of the findings, and about the same things."""
    source = " ".join([*(finding.line for finding in named), *(finding.beyond for finding in named)])
    plain = _GAP.sub(" ", text)
    if not is_proper(plain) or len(text.split()) > MOST_WORDS[kind]:
        return False
    numbers = set(_NUMBER.findall(source))
    if any(number not in numbers for number in _NUMBER.findall(plain)):
        return False
    said = " ".join(source.lower().split())
    if any(" ".join(quote.lower().split()).strip(".,!? ") not in said for quote in _QUOTED.findall(plain)):
        return False
    stems = content_stems(plain)
    return not stems or len(stems & content_stems(source)) >= share * len(stems)


def _about(named: Sequence[Finding]) -> list[AboutQuestion]:
    unique: list[AboutQuestion] = []
    for finding in named:
        unique += [one for one in finding.about if one not in unique]
    return unique


def _evidence(named: Sequence[Finding]) -> list[Evidence]:
    unique: list[Evidence] = []
    for finding in named:
        unique += [one for one in finding.evidence if one not in unique]
    return unique[:3]
