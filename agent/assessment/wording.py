"""Sentences for findings. Templates, so that nothing can be said that wasn't found."""

from collections.abc import Callable, Sequence

from agent.assessment import gates
from agent.assessment.delivery import certain_hedges
from agent.assessment.findings import (
    Area,
    CheckThis,
    CoveredWell,
    MuchHedging,
    NotHeard,
    StoryLacks,
    Strength,
    ToldWell,
    is_misheard,
    judgements_of,
    theme_of,
)
from agent.assessment.grading import Found, Wording
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement, PointFinding, Quoted
from agent.assessment.words import Span
from storage.models.feedback import AboutQuestion, AreaForImprovement, CategoryScore, Claim, Evidence

BANDS = ((80, "strong"), (60, "good"), (40, "fair"), (0, "early"))
PART_NAMES = {
    "situation": "the situation",
    "action": "what you did yourself",
    "result": "the result",
    "number": "a number",
    "reflection": "what you learned",
}
PART_ADVICE = {
    "situation": "Open with one sentence on where and when it was and what was at stake.",
    "action": "Say “I” for your own part: what you decided, said or built, beside what the team did.",
    "result": "End with what came of it: what changed, for whom, and how you know.",
    "number": "Give one number: how many people, how long, how much faster or cheaper.",
    "reflection": "Close with what you learned and what you would do differently today.",
}
REASON_COMMENTS = {
    gates.TOO_SHORT: "What was heard is too short to judge.",
    gates.SKIPPED: "You skipped this question.",
    gates.DONT_KNOW: "You said that you don't know. That is a fair answer; nothing was judged.",
    gates.SILENCE: "No answer was heard.",
    gates.NOT_ASKED: "The interview ended before this question.",
    gates.ENDED_BEFORE: "The interview ended before you answered.",
    gates.NOT_ENGLISH: "The words weren't recognised as English sentences, so nothing was judged.",
    gates.QUESTION_REPEATED: "What was heard repeats the question, so there was nothing to judge.",
    gates.WORD_LIST: "What was heard is a list of words rather than sentences, so nothing was judged.",
    gates.OFF_THE_QUESTION: "We didn't hear an answer to this question in it. Did you mean to answer it?",
    gates.RECOGNISER_UNSURE: "The recogniser was unsure of most words, so nothing was judged. Check the transcript.",
}
LONGEST_TITLE_WORDS = 9


def band(score: int) -> str:
    return next(name for least, name in BANDS if score >= least)


def template_wording(found: Found, meaning: Callable[[str], str]) -> Wording:
    """`meaning` packs a theme's embedding (storage.models.meaning)."""
    return Wording(
        strengths=[claim_of(strength) for strength in found.strengths],
        areas=[
            improvement_of(area).model_copy(update={"meaning": meaning(theme_of(area)), "about": questions_of(area)})
            for area in found.areas
        ],
        stronger_answers={
            judgement.answer.question.question_id: stronger_answer(judgement)
            for judgement in found.interview.judgements
        },
        final_assessment=final_assessment(found.interview, found.overall, found.categories, found.areas),
    )


def claim_of(strength: Strength) -> Claim:
    title = title_of(strength.judgement)
    match strength:
        case CoveredWell():
            heard, expected = len(strength.points), len(strength.judgement.points)
            claims = _and([_quoted_claim(finding) for finding in strength.points[:2]])
            were = "point was clearly heard" if heard == 1 else "points were clearly heard"
            such_as = ": " if heard <= 2 else ", such as "
            text = f"On {title}, {heard} of {expected} expected {were}{such_as}{claims}."
            return Claim(text=text, evidence=_evidence([finding.quoted for finding in strength.points[:3]]))
        case ToldWell():
            parts = _and([PART_NAMES[finding.part] for finding in strength.parts])
            return Claim(
                text=f"On {title}, you told a complete story: {parts}.",
                evidence=_evidence([finding.quoted for finding in strength.parts[:3]]),
            )


def improvement_of(area: Area) -> AreaForImprovement:
    match area:
        case CheckThis():
            return _check_this(area)
        case NotHeard():
            claims = _and([_quoted_claim(finding) for finding in area.points[:3]])
            return AreaForImprovement(
                text=f"On {title_of(area.judgement)}, we didn't hear this: {claims}.",
                suggestion="Give each of these one plain sentence. If you did say it, check the transcript.",
            )
        case StoryLacks():
            times = f"in {len(area.judgements)} of {area.of} stories" if area.of > 1 else "in your story"
            return AreaForImprovement(
                text=f"We didn't hear {PART_NAMES[area.part]} {times}.", suggestion=PART_ADVICE[area.part]
            )
        case MuchHedging():
            return AreaForImprovement(
                text=f"You hedged {area.per_hundred_words:.1f} times in a hundred words.",
                suggestion="Say what you know plainly, and name what you would check, instead of softening all of it.",
                evidence=_hedge_evidence(area.judgements),
            )


def questions_of(area: Area) -> list[AboutQuestion]:
    return [about_question(judgement) for judgement in judgements_of(area)]


def about_question(judgement: AnswerJudgement) -> AboutQuestion:
    question = judgement.answer.question
    return AboutQuestion(question_id=question.question_id, kind=question.kind)


def question_comment(judgement: AnswerJudgement) -> str:
    """What was found in one answer, or why nothing was looked for."""
    if judgement.reason is not None:
        comment = REASON_COMMENTS[judgement.reason]
    else:
        comment = _findings_comment(judgement)
        if is_misheard(judgement):
            comment += " The recogniser was unsure of many words here, so what is missing may have been said."
        if judgement.status == "partial":
            comment += " The interview ended during this answer."
    facts = [_times(judgement.answer.hints, "hint"), _times(judgement.answer.repeats, "repeat")]
    used = [fact for fact in facts if fact]
    return f"{comment} Used: {_and(used)}; this costs nothing." if used else comment


def stronger_answer(judgement: AnswerJudgement) -> str:
    """An example that starts from what the candidate said and adds what was missing. Empty when nothing is missing."""
    if judgement.status == "not_reached":
        return ""
    points, story = judgement.points, judgement.story
    if judgement.reason is not None:
        claims = [point.claim for point in judgement.answer.key.expected_points if point.importance == "must"]
        return f"As an example, a good answer says: {_sentences(claims)}" if claims else ""
    quoted = [finding.quoted for finding in points if finding.covered == "yes" and finding.quoted]
    kept = [f"“{one.evidence.quote.rstrip('.')}”" for one in quoted]
    missing = [finding.point.claim for finding in points if finding.covered != "yes"]
    advice = [PART_ADVICE[finding.part] for finding in story if finding.covered != "yes"]
    if not missing and not advice:
        return ""
    parts = [f"As an example, keep what you said: {' … '.join(kept[:2])}."] if kept else ["As an example:"]
    if missing and judgement.answer.question.kind == "technical":
        parts.append(f"Then add: {_sentences(missing)}")
    elif missing and not advice:
        parts.append(f"Then show this too: {_sentences(missing[:2])}")
    return " ".join([*parts, *advice])


def final_assessment(
    interview: JudgedInterview, overall: int | None, categories: Sequence[CategoryScore], areas: Sequence[Area]
) -> str:
    planned, judged = len(interview.judgements), len(interview.judged)
    parts = [f"{judged} of {planned} questions had an answer that could be judged."]
    if overall is None:
        parts.append("That is not enough for an overall score: the scored categories carry less than half its weight.")
    else:
        parts.append(f"Overall {overall} of 100, {band(overall)} by this rubric.")
        scored = [(item.score, item.category.replace("_", " ")) for item in categories if item.score is not None]
        score, name = max(scored, key=lambda item: item[0])
        parts.append(f"Your highest category is {name} with {score}.")
    if areas:
        parts.append(f"Work on this first: {_lower_first(improvement_of(areas[0]).text)}")
    misheard = sum(is_misheard(judgement) for judgement in interview.judgements)
    if misheard:
        parts.append(f"The recogniser was unsure in {_answers(misheard)}; check the transcript before you trust those.")
    parts.append("Scores compare your words with expected points; they say nothing about whether you would be hired.")
    return " ".join(parts)


def _findings_comment(judgement: AnswerJudgement) -> str:
    parts: list[str] = []
    if judgement.points:
        yes = sum(finding.covered == "yes" for finding in judgement.points)
        partly = sum(finding.covered == "partly" for finding in judgement.points)
        more = "more " if yes else ""
        unclear = f", {partly} {more}in part or unclearly" if partly else ""
        heard = f"{yes} of {len(judgement.points)}" if yes else f"None of the {len(judgement.points)}"
        parts.append(f"{heard} expected points {'was' if yes in (0, 1) else 'were'} heard{unclear}.")
    if judgement.story:
        told = [PART_NAMES[finding.part] for finding in judgement.story if finding.covered == "yes"]
        lacks = [PART_NAMES[finding.part] for finding in judgement.story if finding.covered == "no"]
        parts.append(f"Your story has {_and(told)}." if told else "No part of a concrete story was heard.")
        if told and lacks:
            parts.append(f"Not heard: {_and(lacks)}.")
    wrong = {f.quoted.evidence.quote for f in judgement.points if f.misconception is not None and f.quoted is not None}
    if wrong:
        what = "One statement sounded" if len(wrong) == 1 else f"{len(wrong)} statements sounded"
        parts.append(f"{what} like a common misunderstanding: check below.")
    if any(finding.caution == "judges_disagree" for finding in judgement.points):
        parts.append("Where the two judges say opposite things, a point counts in part.")
    return " ".join(parts) or "There were no expected points to compare with."


def _check_this(area: CheckThis) -> AreaForImprovement:
    point = area.point
    about = f"On {title_of(area.judgement)}, check what you said about this: {_quoted_claim(point)}."
    return AreaForImprovement(
        text=f"{about} It sounded like a common misunderstanding: “{area.misconception.claim}”.",
        suggestion="If you meant something else, say it more plainly. If not, read up on it.",
        evidence=_evidence([point.quoted]),
    )


def _hedge_evidence(judgements: Sequence[AnswerJudgement]) -> list[Evidence]:
    evidence: list[Evidence] = []
    for judgement in judgements:
        for seq, match in certain_hedges(judgement.answer)[:1]:
            spoken = next(one for one in judgement.answer.turns if one.turn.seq == seq)
            at = next(i for i, token in enumerate(spoken.tokens) if token.start >= match.start())
            span = Span(max(0, at - 3), min(len(spoken.tokens), at + 6))
            if not spoken.has_doubt(span):
                evidence.append(spoken.evidence(span))
    return evidence[:2]


def _evidence(quotes: Sequence[Quoted | None]) -> list[Evidence]:
    found: list[Evidence] = []
    for quoted in quotes:
        if quoted is not None and quoted.evidence not in found:
            found.append(quoted.evidence)
    return found


def title_of(judgement: AnswerJudgement) -> str:
    words = judgement.answer.question.text.split()
    short = " ".join(words[:LONGEST_TITLE_WORDS]).rstrip(",.;:")
    return f"“{short} …”" if len(words) > LONGEST_TITLE_WORDS else f"“{short}”"


def _quoted_claim(finding: PointFinding) -> str:
    return f"“{finding.point.claim}”"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentences(claims: Sequence[str]) -> str:
    return " ".join(f"{claim.rstrip('.')}." for claim in claims)


def _and(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def _times(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}" if count else ""


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"
