"""A finished attempt with its feedback, as either kind of judge leaves it: everything that a report can show."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from storage.models.attempt import Measurements
from storage.models.feedback import Evidence, Feedback
from storage.models.interview import PlannedQuestion
from storage.models.transcript import Turn, Word
from token_server.schemas.attempts import AttemptDetail, AttemptVersions
from token_server.schemas.interviews import InterviewDetail

Judge = Literal["on_device", "llm"]
ATTEMPT = "6f1c0d1e-0000-4000-8000-000000000001"
INTERVIEW = "6f1c0d1e-0000-4000-8000-000000000002"
STARTED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORD_MS = 380
QUESTIONS = (
    ("technical", "What does a database index do for you, and why wouldn't you put one on every column?"),
    ("technical", "Two people book the last seat at the same moment. How do you make sure that only one gets it?"),
    ("behavioral", "Tell me about a time you disagreed with a colleague about a design."),
    ("behavioral", "Tell me about something that you would do differently today."),
    ("technical", "How would you find out why a page has become slow since yesterday?"),
)
INDEX = (
    "So an index makes lookups fast, because the database doesn't have to scan every row. It's basically a sorted "
    "tree. But it isn't free, every insert has to maintain each index as well, so I think writes get quicker."
)
SEAT = (
    "The danger is that both check that it's free and then both write. I'd open a transaction and lock the row with "
    "select for update, so the second one waits."
)
DISAGREED = (
    "We disagreed about ready's catching in our shop. I proposed to measure it first, so I built a small load test, "
    "and in the end we kept one cash for the prices. I learned to bring numbers instead of opinions."
)
DOUBTFUL = frozenset({"ready's", "catching", "cash", "quicker."})


class Conversation:
    """Turns one after the other, with a time for each word."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.now_ms = 0

    def say(self, speaker: Any, text: str, question: int | None, **more: Any) -> int:
        self.now_ms += 900
        started = self.now_ms
        words = list[Word]()
        for word in text.split():
            words.append(
                Word(
                    text=word,
                    started_ms=self.now_ms,
                    ended_ms=self.now_ms + WORD_MS,
                    confidence=0.31 if word in DOUBTFUL else 0.94,
                )
            )
            self.now_ms += WORD_MS
        turn = Turn(
            seq=10_000 + len(self.turns),
            speaker=speaker,
            question_id=None if question is None else f"q{question}",
            question_index=question,
            text=text,
            started_ms=started,
            ended_ms=self.now_ms,
            words=words if speaker == "candidate" else None,
            **more,
        )
        self.turns.append(turn)
        return turn.seq

    def quote(self, seq: int, text: str) -> dict[str, Any]:
        turn = next(turn for turn in self.turns if turn.seq == seq)
        before = len(turn.text[: turn.text.index(text)].split())
        return Evidence(turn_seq=seq, quote=text, started_ms=turn.started_ms + before * WORD_MS).model_dump()


TALK = Conversation()
TALK.say("interviewer", "Hello Ada, nice to meet you. Shall we begin?", None, act="greeting")
TALK.say("candidate", "Yes, I'm ready.", None, intent="ready")
TALK.say("interviewer", QUESTIONS[0][1], 0, act="question")
INDEX_SEQ = TALK.say("candidate", INDEX, 0, intent="answer")
TALK.say("interviewer", QUESTIONS[1][1], 1, act="question")
SEAT_SEQ = TALK.say("candidate", SEAT, 1, intent="answer")
TALK.say("interviewer", QUESTIONS[2][1], 2, act="question")
DISAGREED_SEQ = TALK.say("candidate", DISAGREED, 2, intent="answer")
PARTS = {SEAT_SEQ: [(SEAT_SEQ, SEAT.partition(" I'd ")[0]), (SEAT_SEQ + 50, "I'd " + SEAT.partition(" I'd ")[2])]}
"""The interviewer had begun to speak into that answer, so it is stored in two."""
TALK.say("interviewer", QUESTIONS[3][1], 3, act="question", interrupted=True)
TALK.say("candidate", "Can we skip this one?", 3, intent="skip")

ATTEMPT_DETAIL = AttemptDetail(
    id=ATTEMPT,
    interview_id=INTERVIEW,
    number=2,
    status="ended",
    record_audio=False,
    created_at=STARTED,
    started_at=STARTED,
    ended_at=STARTED + timedelta(minutes=12),
    end_reason="candidate_ended",
    phase="ended",
    question_index=3,
    question_count=len(QUESTIONS),
    questions=[
        PlannedQuestion.model_validate({"question_id": f"q{n}", "index": n, "kind": kind, "text": text})
        for n, (kind, text) in enumerate(QUESTIONS)
    ],
    versions=AttemptVersions(plan=1, questions="bank:3"),
    measurements=Measurements(stages={"stt": "whisper:tiny.en"}),
    room=None,
)
INTERVIEW_DETAIL = InterviewDetail.model_validate(
    {
        "id": INTERVIEW,
        "title": "Backend engineer (PostgreSQL)",
        "role": "Backend engineer",
        "interview_type": "mixed",
        "level": "mid",
        "technologies": ["PostgreSQL"],
        "question_count": len(QUESTIONS),
        "tone": "neutral",
        "use_resume": False,
        "plan_version": 1,
        "created_at": STARTED,
        "attempts": [],
        "job_description": None,
        "focus": [],
        "questions": [question.model_dump() for question in ATTEMPT_DETAIL.questions],
    }
)


def feedback(judge: Judge, assessment_id: str, *, doubt: bool, corrected: list[int] | None = None) -> Feedback:
    by_model = judge == "llm"
    return Feedback.model_validate(
        {
            "attempt_id": ATTEMPT,
            "assessment_id": assessment_id,
            "overall_score": 64,
            "categories": _categories(by_model),
            "strengths": [
                {
                    "text": "On “Two people book the last seat at the same moment. How …”, 3 of 5 expected points were "
                    "clearly heard, such as “Checking and writing must be one step”.",
                    "evidence": [
                        TALK.quote(SEAT_SEQ, "both check that it's free and then both write"),
                        TALK.quote(SEAT_SEQ, "lock the row with select for update"),
                    ],
                }
            ],
            "areas_for_improvement": [
                {
                    "text": "On “What does a database index do for you, and why …”, check what you said about this: "
                    "“Each one makes inserts, updates and deletes slower”. It sounded like the opposite.",
                    "suggestion": "If you meant it the expected way, say it without a double negation. If not, read it "
                    "up.",
                    "evidence": [TALK.quote(INDEX_SEQ, "I think writes get quicker.")],
                },
                {
                    "text": "We didn't hear a number in your story.",
                    "suggestion": "Give one number: how many people, how long, how much faster or cheaper.",
                    "evidence": [],
                },
            ],
            "final_assessment": "3 of 5 questions had an answer that could be judged. Overall 64 of 100, good by this "
            "rubric. Your highest category is technical knowledge with 78. Scores compare your words with expected "
            "points; they say nothing about whether you would be hired.",
            "questions": _questions(by_model),
            "delivery": {
                "words_per_minute": 141.2,
                "filler_words_per_minute": 5.2 if by_model else None,
                "longest_pause_sec": 3.4,
                "mean_response_delay_sec": 1.6,
                "talk_time_sec": 131.0,
            },
            "grader": _grader(by_model),
            "doubt": {"share": 0.31, "much": doubt, "turn_seqs": [DISAGREED_SEQ] if doubt else []},
            "corrected_turns": corrected or [],
        }
    )


def _grader(by_model: bool) -> dict[str, Any]:
    if not by_model:
        return {
            "kind": "on_device",
            "model": "all-MiniLM-L6-v2",
            "rubric_version": "1",
            "prompt_version": "templates:1",
            "bank_version": "bank:3",
        }
    return {
        "kind": "llm_with_on_device_fallback",
        "model": "gpt-5-mini",
        "rubric_version": "9c1f04",
        "prompt_version": "judge:4b77",
        "bank_version": "bank:3",
        "samples": 3,
        "spread": 6.0,
        "fallback_reason": "The language model took too long.",
    }


def _categories(by_model: bool) -> list[dict[str, Any]]:
    def scored(category: str, score: int, level: int, spread: int, comment: str, *evidence: Any) -> dict[str, Any]:
        model: dict[str, Any] = {"level": level, "spread": spread} if by_model else {}
        return {
            "category": category,
            "score": score,
            "status": "scored",
            "comment": comment,
            "evidence": evidence,
        } | model

    return [
        scored(
            "communication",
            71,
            4,
            6,
            "You came to the point early and could link your thoughts more clearly. You spoke at 141 words a minute.",
            TALK.quote(INDEX_SEQ, "because the database doesn't have to scan every row"),
        ),
        scored(
            "technical_knowledge",
            78,
            4,
            0,
            "6 of 10 expected points were clearly heard in 2 answers. 1 of 3 technical questions had no answer to "
            "judge.",
            TALK.quote(INDEX_SEQ, "an index makes lookups fast"),
            TALK.quote(SEAT_SEQ, "lock the row with select for update"),
        ),
        scored(
            "problem_solving",
            55,
            3,
            25,
            "Shown in your answers: constraints, reasons.",
            TALK.quote(SEAT_SEQ, "so the second one waits"),
        ),
        {
            "category": "cultural_fit",
            "score": None,
            "status": "insufficient_evidence",
            "comment": "1 answer to behavioural questions could be judged; at least 2 are needed.",
        },
        scored(
            "confidence",
            38,
            2,
            1,
            "Measured: 4.1 hedges and no restarts in a hundred words, one pause of three seconds or more.",
            TALK.quote(INDEX_SEQ, "I think writes get quicker."),
        ),
    ]


def _point(point: str, covered: str, quote: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    said = {key: quote[key] for key in ("quote", "turn_seq", "started_ms")} if quote else {"quote": None}
    return {"point": point, "point_id": point[:12].lower().replace(" ", "-"), "covered": covered} | said | more


def _questions(by_model: bool) -> list[dict[str, Any]]:
    index = [
        _point(
            "It finds matching rows without reading the whole table",
            "yes",
            TALK.quote(INDEX_SEQ, "an index makes lookups fast, because the database doesn't have to scan every row"),
        ),
        _point(
            "Each one makes inserts, updates and deletes slower",
            "partly",
            TALK.quote(INDEX_SEQ, "I think writes get quicker."),
            caution="judges_disagree" if by_model else "unclear",
        ),
        _point("It takes disk space and memory", "no"),
        _point(
            "It is a sorted structure, usually a B-tree",
            "yes",
            TALK.quote(INDEX_SEQ, "It's basically a sorted tree."),
            importance="bonus",
        ),
        _point("It hardly helps when few values repeat in many rows", "no", importance="bonus"),
    ]
    seat = [
        _point(
            "Checking and writing must be one step",
            "yes",
            TALK.quote(SEAT_SEQ, "both check that it's free and then both write"),
        ),
        _point("Lock the row", "yes", TALK.quote(SEAT_SEQ, "lock the row with select for update")),
        _point(
            "A transaction alone isn't enough",
            "partly",
            TALK.quote(SEAT_SEQ, "I'd open a transaction"),
            caution="misconception",
        ),
    ]
    rows: list[dict[str, Any]] = [
        {
            "status": "answered",
            "score": 62,
            "comment": "2 of 5 expected points were heard, 1 more in part or unclearly. One statement may be the wrong "
            "way round: check it below. Used: 1 hint and 2 repeats; this costs nothing.",
            "expected_points": index,
            "hints_used": 1,
            "repeats": 2,
            "stronger_answer": "As an example, keep what you said: “It's basically a sorted tree”. Then add: Each one "
            "makes inserts, updates and deletes slower. It takes disk space and memory.",
        },
        {
            "status": "answered",
            "score": 84,
            "comment": "2 of 3 expected points were heard, 1 more in part or unclearly.",
            "expected_points": seat,
            "stronger_answer": "As an example, keep what you said, then add: A unique constraint refuses a duplicate.",
        },
        {
            "status": "partial",
            "status_reason": "recogniser unsure",
            "score": None,
            "comment": "The recogniser was unsure of most words, so nothing was judged. Check the transcript.",
        },
        {
            "status": "declined",
            "status_reason": "skipped",
            "score": None,
            "comment": "You skipped this question.",
            "stronger_answer": "As an example, a good answer says: What it was. What you would do today.",
        },
        {
            "status": "not_reached",
            "status_reason": "not asked",
            "score": None,
            "comment": "The interview ended before this question.",
        },
    ]
    texts = [text for _, text in QUESTIONS]
    return [
        {"question_id": f"q{n}", "index": n, "text": text} | row
        for n, (text, row) in enumerate(zip(texts, rows, strict=True))
    ]
