"""Which role a turn is about."""

import pytest

from storage.models.setup import SetupDraft
from tests.support.setup_turns import read

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Backend.", "backend developer"),
        ("back-end engineer", "backend engineer"),
        ("I'm a senior front end dev", "frontend developer"),
        ("fullstack", "full-stack developer"),
        ("backend and frontend", "full-stack developer"),
        ("React developer", "React developer"),
        ("React and Node developer", "React and Node.js developer"),
        ("senior full stack JavaScript developer", "full-stack developer"),
        ("backend software engineer", "backend software engineer"),
        ("a payments engineer", "payments engineer"),
        ("software engineering manager", "engineering manager"),
        ("SRE", "site reliability engineer"),
        ("machine learning", "machine learning engineer"),
        ("I want to practise for a product manager interview", "product manager"),
        ("as a florist", "florist"),
        ("primary school teacher", "primary school teacher"),
        ("a data scientist, no, a data engineer", "data engineer"),
        ("senior engineer", "software engineer"),
        ("a C plus plus developer for embedded systems", "C++ developer"),
        ("an Android role with Kotlin", "Android developer"),
        ("devops and cloud", "DevOps and cloud engineer"),
        ("VP of engineering", "VP of engineering"),
        ("I've got an interview for a position as a court interpreter", "court interpreter"),
        ("a chief financial officer", "chief financial officer"),
        ("I'd love to work as a zookeeper one day!", "zookeeper"),
        ("I want a job as a lifeguard at the pool", "lifeguard"),
        ("I'd like to become a park ranger in Canada.", "park ranger"),
        ("I hope to get a job as a ski instructor next winter.", "ski instructor"),
        ("I'd like to be a beekeeper, but I'm nervous.", "beekeeper"),
        ("head of sales", "head of sales"),
        ("director of public relations", "director of public relations"),
        ("VP of sales", "VP of sales"),
        ("Postman, behavioral, five questions.", "postman"),
        ("Quick one before my shift: bartender, junior.", "bartender"),
        ("After my shift, bartender, junior.", "bartender"),
        ("I picked vet nurse.", "vet nurse"),
        ("I chose beekeeper, behavioral.", "beekeeper"),
        ("I'd be the children's librarian.", "children's librarian"),
        ("Doctor's receptionist, junior.", "doctor's receptionist"),
        ("In my country I was a teacher, now I try to be a translator.", "translator"),
        ("They're looking for a night porter.", "night porter"),
        ("I need help with a cloud engineer interview.", "cloud engineer"),
        ("I'm thinking business analyst.", "business analyst"),
        ("I have an interview with a recruiter next week.", None),
        ("I don't know how this works but I'm a junior backend developer.", "backend developer"),
        ("I am an IT consultant and want to be ready for my next consultant job.", "IT consultant"),
        ("I did a little of everything, but what I'm going for is account manager.", "account manager"),
        ("I am not a software developer, I am a software tester.", "software tester"),
        ("Chef, behavioral.", "chef"),
        ("acting head of maths and very nervous", "head of maths"),
        ("sr. sw eng", "software engineer"),
        ("It's Ruby here, I'm a nurse.", "nurse"),
        ("Hello there.", None),
        ("I'm a bit nervous.", None),
        ("Let's go.", None),
        ("I don't know.", None),
    ],
)
def test_roles(text: str, role: str | None):
    assert read(text).slots.role == role


def test_a_job_that_nobody_listed_is_taken_where_the_role_was_asked_for():
    assert read("Beekeeper.", "role").slots.role == "beekeeper"
    assert read("It's a beekeeper role.", "role").slots.role == "beekeeper"
    assert read("Beekeeper in Canada.", "role").slots.role == "beekeeper"
    assert read("I think beekeeper.", "role").slots.role == "beekeeper"
    assert read("Beekeeper it is.", "role").slots.role == "beekeeper"
    assert read("Café manager.", "role").slots.role == "café manager"
    assert read("Does it matter?", "role").slots.role is None
    assert read("For a hotel.", "role").slots.role is None
    assert read("Beekeeper.", "question_count").slots.role is None


def test_who_talks_about_themselves_does_not_change_the_role():
    draft = SetupDraft(role="data engineer")
    assert read("I've been a developer for twelve years", "level", draft).slots.role is None
