"""Reading documents, keeping a résumé, and what they do to an interview."""

import asyncio
from typing import Any

import pytest
import structlog.testing

from tests.api.support import Person, World, assessed_attempt, problem_of
from tests.support.documents import LINE, page_of, pdf, word
from tests.support.exported import exported_text
from token_server.documents.limits import MOST_CHARACTERS
from token_server.documents.problems import DocumentError
from token_server.documents.reader import DocumentReader

pytestmark = pytest.mark.api
READ = "/api/documents/read"
JOB = "We run Kafka and Terraform. You mentor others. 5+ years of experience."
RESUME = "Four years of Kafka and PostgreSQL."


async def read(person: Person, data: bytes) -> dict[str, Any]:
    response = await person.call("POST", READ, content=data)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(), "pdf"),
        (pdf(password=""), "pdf"),
        (b"junk of a mailer\n" + pdf(), "pdf"),
        (word(LINE), "word"),
        (LINE.encode(), "text"),
        (LINE.encode("utf-16"), "text"),
        (b"\xef\xbb\xbf" + LINE.encode(), "text"),
    ],
    ids=["pdf", "pdf for all", "pdf after junk", "word", "text", "utf-16", "byte order mark"],
)
async def test_a_document_is_read_by_its_content(ada: Person, data: bytes, kind: str):
    answer = await read(ada, data)
    assert (answer["kind"], answer["text"]) == (kind, LINE)
    assert answer["findings"] == {"technologies": ["Kafka", "Go"], "competencies": [], "years_of_experience": 5}


async def test_paragraphs_of_a_word_file_are_lines(ada: Person):
    assert (await read(ada, word("Experience with Kafka", "", "Four years &amp; more")))["text"] == (
        "Experience with Kafka\n\nFour years & more"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(10_000), "unknown_document_type"),
        (b"{\\rtf1 Kafka and Go and more}", "unknown_document_type"),
        (word(LINE, part="xl/workbook.xml"), "unknown_document_type"),
        (pdf(password="secret"), "encrypted_document"),
        (pdf(b""), "document_without_text"),
        (b" \n", "document_without_text"),
        (b"", "document_without_text"),
        (pdf(pages=5000), "document_too_long"),
        (pdf(page_of(LINE * 20), pages=25), "document_too_long"),
        (b"a word " * 100_000, "document_too_long"),
        ("Kafka 🦉 ".encode() * 3000, "document_too_long"),
        (word("Kafka " * 20_000), "document_too_long"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 1000, "unreadable_document"),
        (b"PK\x03\x04" + bytes(1000), "unreadable_document"),
        (word("&a;", head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "unreadable_document"),
        (pdf(b" " * 200_000_000), "unreadable_document"),
    ],
    ids=[
        "picture",
        "rich text",
        "spreadsheet",
        "password",
        "scan",
        "spaces",
        "nothing",
        "5000 pages",
        "many words",
        "long text",
        "long emoji",
        "long word file",
        "broken pdf",
        "broken zip",
        "entities",
        "bomb",
    ],
)
async def test_what_cannot_be_read_is_refused_with_the_reason(ada: Person, data: bytes, code: str):
    status, refused_as = problem_of(await ada.call("POST", READ, content=data))
    assert refused_as == code
    assert status == (415 if code == "unknown_document_type" else 422)


async def test_ten_megabytes_are_refused_before_they_are_read(ada: Person):
    assert problem_of(await ada.call("POST", READ, content=b"x" * 10_000_000)) == (413, "too_large")


async def test_a_word_file_that_unpacks_to_far_more_is_given_up(ada: Person):
    bomb = word("x" * 40_000_000)
    assert len(bomb) < 100_000
    assert problem_of(await ada.call("POST", READ, content=bomb)) == (422, "document_too_long")


async def test_what_nobody_can_see_is_taken_out(ada: Person):
    hidden = (
        "Emoji 👩‍💻 \u202eevil\u202c \x00 Ka\u200bf\u200dka\ufeff, a\u00adb and Go  for\tyears נסיון\r\n\r\n\r\n\r\nend"
    )
    answer = await read(ada, hidden.encode())
    assert answer["text"] == "Emoji 👩‍💻 evil Kafka, ab and Go for years נסיון\n\nend"


async def test_a_document_that_takes_too_long_is_given_up_and_its_process_gone():
    reader = DocumentReader(wall_sec=0.01)
    with pytest.raises(DocumentError, match="unreadable_document"):
        await reader.read(pdf(), user_id="ada")
    with pytest.raises(DocumentError, match="unreadable_document"):
        await reader.read(pdf(), user_id="ada")  # the place is free again


async def test_one_person_has_one_document_read_at_a_time(ada: Person, eve: Person):
    first, second, hers = await asyncio.gather(
        ada.call("POST", READ, content=pdf()),
        ada.call("POST", READ, content=pdf()),
        eve.call("POST", READ, content=pdf()),
    )
    assert sorted([first.status_code, second.status_code]) == [200, 429]
    assert hers.status_code == 200


async def test_reading_needs_somebody(world: World):
    assert problem_of(await world.http.post(READ, content=b"Kafka")) == (401, "unauthenticated")
    assert problem_of(await world.http.get("/api/resume")) == (401, "unauthenticated")


async def test_a_resume_is_kept_shown_replaced_and_deleted(ada: Person, eve: Person):
    assert (await ada.call("GET", "/api/resume")).json() == {"resume": None}
    kept = (await ada.call("PUT", "/api/resume", json={"text": f"  {RESUME}\u200b "})).json()
    assert kept["text"] == RESUME
    assert kept["findings"]["technologies"] == ["Kafka", "PostgreSQL"]
    assert (await ada.call("GET", "/api/resume")).json() == {"resume": kept}
    assert (await eve.call("GET", "/api/resume")).json() == {"resume": None}
    assert (await ada.call("DELETE", "/api/resume")).status_code == 204
    assert (await ada.call("GET", "/api/resume")).json() == {"resume": None}
    assert (await ada.call("DELETE", "/api/resume")).status_code == 204


@pytest.mark.parametrize("text", ["", " \u200b\n", "x" * (MOST_CHARACTERS + 1), "a\x00b", None, 5])
async def test_a_resume_that_is_none_is_refused(ada: Person, text: object):
    assert problem_of(await ada.call("PUT", "/api/resume", json={"text": text})) == (422, "validation_failed")


def reasons(interview: dict[str, Any]) -> list[tuple[str, str] | None]:
    found = [question["reason"] for question in interview["questions"]]
    return [reason and (reason["because"], reason["name"]) for reason in found]


async def test_an_interview_says_which_questions_the_documents_chose(ada: Person):
    await ada.call("PUT", "/api/resume", json={"text": RESUME})
    without = await ada.interview(technologies=[], job_description=JOB)
    assert without["use_resume"] is False
    assert reasons(without) == [("job", "Kafka"), ("job", "Terraform"), ("job", "Kafka")]
    with_it = await ada.interview(technologies=[], job_description=JOB, use_resume=True)
    assert reasons(with_it)[:2] == [("job_and_resume", "Kafka"), ("job_not_resume", "Terraform")]


async def test_nobodys_resume_is_used_but_ones_own(ada: Person, eve: Person):
    await ada.call("PUT", "/api/resume", json={"text": RESUME})
    hers = await eve.interview(technologies=[], use_resume=True)
    assert reasons(hers) == [None] * 3


async def test_a_set_up_uses_what_is_pasted_while_talking(world: World, ada: Person):
    await ada.call("PUT", "/api/resume", json={"text": RESUME})
    setup_id = (await ada.call("POST", "/api/setup-conversations")).json()["id"]
    path = f"/api/setup-conversations/{setup_id}"
    fields: dict[str, Any] = {"role": "Backend developer", "interview_type": "technical", "level": "mid"}
    change = {**fields, "question_count": 2, "technologies": [], "job_description": JOB, "use_resume": True}
    draft = (await ada.call("PATCH", path, json={"revision": 0, **change})).json()
    assert draft["draft"]["job_description"] == JOB
    made = (await ada.call("POST", f"{path}/confirm", json={"revision": draft["revision"]})).json()
    assert (made["job_description"], made["use_resume"]) == (JOB, True)
    assert reasons(made) == [("job_and_resume", "Kafka"), ("job_not_resume", "Terraform")]


async def test_a_job_description_is_deleted_and_the_questions_stay(world: World, ada: Person):
    made = await ada.interview(job_description=JOB)
    path = f"/api/interviews/{made['id']}"
    assert (await ada.call("DELETE", f"{path}/job-description")).status_code == 204
    after = (await ada.call("GET", path)).json()
    assert after["job_description"] is None
    assert after["questions"] == made["questions"]
    assert JOB not in await exported_text(world.store.as_owner(ada.access_token, ada.id), ada.id)


async def test_an_emptied_job_description_goes_from_earlier_plans_too(world: World, ada: Person):
    made = await ada.interview(job_description=JOB)
    changed = await ada.call("PATCH", f"/api/interviews/{made['id']}", json={"job_description": ""})
    assert changed.json()["plan_version"] == 2
    assert JOB not in await exported_text(world.store.as_owner(ada.access_token, ada.id), ada.id)


async def test_only_the_owner_deletes_a_job_description(ada: Person, eve: Person):
    made = await ada.interview(job_description=JOB)
    refused = await eve.call("DELETE", f"/api/interviews/{made['id']}/job-description")
    assert problem_of(refused) == (404, "not_found")


async def test_documents_are_in_no_log(ada: Person):
    secret = "Xylophonist at Quuxcorp, Kafka"
    with structlog.testing.capture_logs() as lines:
        await read(ada, pdf(page_of(secret)))
        await ada.call("POST", READ, content=b"%PDF-1.7 " + secret.encode())
        await ada.call("PUT", "/api/resume", json={"text": secret})
        await ada.interview(job_description=secret, use_resume=True)
    assert [line["route"] for line in lines if line["event"] == "request"][:2] == [READ, READ]
    assert "Quuxcorp" not in str(lines)


async def test_a_retake_with_fresh_questions_says_how_many_are_new(world: World, ada: Person):
    interview = await ada.interview(question_count=5)
    await assessed_attempt(world, ada, interview["id"])
    again = await ada.start(interview["id"])
    assert (again["question_count"], again["new_question_count"]) == (5, None)
    await ada.call("POST", f"/api/attempts/{again['attempt']['id']}/end")
    fresh = await ada.start(interview["id"], json={"questions": "fresh"})
    assert (fresh["question_count"], fresh["new_question_count"]) == (5, 5)
    attempt = (await ada.call("GET", f"/api/attempts/{fresh['attempt']['id']}")).json()
    before = {question["question_id"] for question in interview["questions"]}
    assert before.isdisjoint(question["question_id"] for question in attempt["questions"])


async def test_fresh_questions_run_out_honestly(world: World, ada: Person):
    interview = await ada.interview(role="Barista", technologies=[], question_count=15)
    counts: list[int] = []
    marked: list[int] = []
    while not counts or counts[-1] == 15:
        fresh = await ada.start(interview["id"], json={"questions": "fresh"})
        counts.append(fresh["new_question_count"])
        path = f"/api/attempts/{fresh['attempt']['id']}"
        questions = (await ada.call("GET", path)).json()["questions"]
        marked.append(sum(not question["asked_before"] for question in questions))
        await ada.call("POST", f"{path}/end")
        assert len(counts) < 40
    assert 0 <= counts[-1] < 15
    assert marked == counts
