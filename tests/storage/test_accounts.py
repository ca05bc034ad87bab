import pytest

from storage.auth import Auth
from storage.errors import (
    AuthError,
    EmailTakenError,
    InvalidCredentialsError,
    InvalidEmailError,
    NotFoundError,
    UnauthenticatedError,
    WeakPasswordError,
)
from storage.models.account import AuthSession
from storage.store import InterviewQuery, Store
from tests.storage.conftest import PASSWORD, Person, SignUp
from tests.support.samples import draft, parameters, turn
from tests.support.times import NOW

pytestmark = pytest.mark.storage


async def test_signing_up_makes_a_profile(store: Store, new_person: SignUp):
    person = await new_person("Grace Hopper 🦉")
    assert person.user.display_name == "Grace Hopper 🦉"
    assert await person.view.display_name() == "Grace Hopper 🦉"
    await store.set_display_name(person.id, "Amazing Grace")
    assert await store.display_name(person.id) == "Amazing Grace"


async def test_an_address_is_taken_once_in_any_case(auth: Auth, person: Person):
    with pytest.raises(EmailTakenError):
        await auth.sign_up(person.user.email.upper(), PASSWORD, "Eve")


@pytest.mark.parametrize(
    ("email", "password", "error"),
    [
        ("short@example.com", "short", WeakPasswordError),
        ("nobody@example.com", "", WeakPasswordError),
        ("not an address", PASSWORD, InvalidEmailError),
        ("", PASSWORD, InvalidEmailError),
    ],
)
async def test_bad_sign_ups_are_refused(auth: Auth, email: str, password: str, error: type[AuthError]):
    with pytest.raises(error):
        await auth.sign_up(email, password, "Ada")


async def test_signing_in_needs_the_right_password(auth: Auth, person: Person):
    session = await auth.sign_in(person.user.email, PASSWORD)
    assert session.user.id == person.id
    assert session.expires_at.tzinfo is not None
    for email, password in (
        (person.user.email, "wrong password"),
        ("nobody@example.com", PASSWORD),
        (person.user.email, ""),
    ):
        with pytest.raises(InvalidCredentialsError):
            await auth.sign_in(email, password)


async def test_a_token_is_of_its_person_until_sign_out(auth: Auth, person: Person):
    other = await auth.sign_in(person.user.email, PASSWORD)
    assert (await auth.get_user(person.session.access_token)).id == person.id
    await auth.sign_out(person.session.access_token)
    with pytest.raises(UnauthenticatedError):
        await auth.get_user(person.session.access_token)
    assert (await auth.get_user(other.access_token)).id == person.id
    await auth.sign_out(person.session.access_token)


async def test_signing_out_everywhere_ends_every_session(auth: Auth, person: Person):
    other = await auth.sign_in(person.user.email, PASSWORD)
    await auth.sign_out(person.session.access_token, scope="global")
    for token in (person.session.access_token, other.access_token):
        with pytest.raises(UnauthenticatedError):
            await auth.get_user(token)
    with pytest.raises(UnauthenticatedError):
        await auth.refresh(other.refresh_token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
async def test_a_token_that_is_none_is_refused(auth: Auth, token: str):
    with pytest.raises(UnauthenticatedError):
        await auth.get_user(token)
    with pytest.raises(UnauthenticatedError):
        await auth.refresh(token)


async def test_refreshing_gives_a_working_pair(auth: Auth, person: Person):
    session = await auth.refresh(person.session.refresh_token)
    assert session.user.id == person.id
    assert session.refresh_token != person.session.refresh_token
    assert (await auth.get_user(session.access_token)).id == person.id
    # a second tab that comes at once with the old one isn't signed out
    again = await auth.refresh(person.session.refresh_token)
    assert (await auth.get_user(again.access_token)).id == person.id


async def test_a_changed_password_is_the_only_one(auth: Auth, person: Person):
    with pytest.raises(WeakPasswordError):
        await auth.change_password(person.session.access_token, "short")
    await auth.change_password(person.session.access_token, "another good one")
    with pytest.raises(InvalidCredentialsError):
        await auth.sign_in(person.user.email, PASSWORD)
    assert isinstance(await auth.sign_in(person.user.email, "another good one"), AuthSession)
    with pytest.raises(UnauthenticatedError):
        await auth.change_password("a.b.c", "another good one")


async def test_signing_out_the_others_leaves_this_session(auth: Auth, person: Person):
    other = await auth.sign_in(person.user.email, PASSWORD)
    await auth.sign_out(person.session.access_token, scope="others")
    assert (await auth.get_user(person.session.access_token)).id == person.id
    assert (await auth.refresh(person.session.refresh_token)).user.id == person.id
    with pytest.raises(UnauthenticatedError):
        await auth.get_user(other.access_token)
    with pytest.raises(UnauthenticatedError):
        await auth.refresh(other.refresh_token)


async def test_a_reset_mail_tells_nobody_who_has_an_account(auth: Auth, person: Person):
    await auth.send_password_reset(person.user.email)
    await auth.send_password_reset("nobody@example.com")


async def test_a_wrong_reset_code_opens_nothing(auth: Auth, person: Person):
    await auth.send_password_reset(person.user.email)
    for email, code in ((person.user.email, "999999"), ("nobody@example.com", "999999"), (person.user.email, "x")):
        with pytest.raises(InvalidCredentialsError):
            await auth.redeem_reset_code(email, code)


async def test_all_plans_of_an_interview_are_its_owners(store: Store, person: Person, new_person: SignUp):
    other = await new_person("Eve")
    made = await store.create_interview(person.id, "Mine", parameters(), draft())
    await store.add_plan(made.id, parameters(level="senior"), draft("go-channels"))
    assert [plan.version for plan in await person.view.plans(made.id)] == [1, 2]
    assert await other.view.plans(made.id) == []
    assert await person.view.plans("no id") == []


async def test_a_deleted_account_leaves_nothing(store: Store, auth: Auth, person: Person, new_person: SignUp):
    other = await new_person("Eve")
    made = await store.create_interview(person.id, "Mine", parameters(), draft())
    kept = await store.create_interview(other.id, "Kept", parameters(), draft())
    attempt = await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    await store.append_turns(attempt.id, [turn(1)])
    setup = (await store.create_setup(person.id, now=NOW)).setup
    await store.delete_account(person.id)
    for read, row_id in (
        (store.display_name, person.id),
        (store.interview, made.id),
        (store.attempt, attempt.id),
        (store.setup, setup.id),
        (store.plan_keys, made.current_plan.id),
        (store.delete_account, person.id),
    ):
        with pytest.raises(NotFoundError):
            await read(row_id)
    with pytest.raises(UnauthenticatedError):
        await auth.get_user(person.session.access_token)
    with pytest.raises(InvalidCredentialsError):
        await auth.sign_in(person.user.email, PASSWORD)
    assert await store.interview(kept.id) == kept


async def test_the_service_sees_everybody_after_people_signed_in(store: Store, auth: Auth, new_person: SignUp):
    """A Supabase client that signs somebody in reads as that person from then on. Ours must not."""
    first, second = await new_person("Ada"), await new_person("Eve")
    mine = await store.create_interview(first.id, "First", parameters(), draft())
    theirs = await store.create_interview(second.id, "Second", parameters(), draft())
    await auth.sign_in(first.user.email, PASSWORD)
    await auth.sign_in(second.user.email, PASSWORD)
    await auth.refresh(second.session.refresh_token)
    assert await store.interview(mine.id) == mine
    assert await store.interview(theirs.id) == theirs
    assert await store.plan_keys(mine.current_plan.id) == draft().keys
    assert [i.interview.id for i in (await first.view.interviews(InterviewQuery())).items] == [mine.id]
    assert [i.interview.id for i in (await second.view.interviews(InterviewQuery())).items] == [theirs.id]
