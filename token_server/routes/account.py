"""Everything of mine: take it along, or have it gone."""

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import StreamingResponse

from token_server.account.archive import zip_stream
from token_server.account.export import AccountExport
from token_server.auth.dependencies import ServicesNow, SignedInUser, network_address
from token_server.auth.own_password import prove_password
from token_server.schemas.account import DeleteAccountBody
from token_server.schemas.auth import User

router = APIRouter(prefix="/account", tags=["account"])
EXPORT_HEADERS = {
    "Content-Disposition": 'attachment; filename="my-interviews.zip"',
    "Cache-Control": "private, no-store",
    # It is compressed already: without this the answer would be once more.
    "Content-Encoding": "identity",
}


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"description": "A ZIP file", "content": {"application/zip": {}}}},
)
async def export_account(user: SignedInUser, request: Request, services: ServicesNow) -> StreamingResponse:
    """All that is stored of this person, read as this person, sent while it is read."""
    await services.rate_limit.check("export", address=network_address(request), email=user.email)
    await services.auth.get_user(user.access_token)
    # Before the first byte: a refusal can't be said afterwards.
    account = User(id=user.user_id, email=user.email, display_name=await user.view.display_name())
    now = services.clock()
    export = AccountExport(user.view, account, services.recordings, now)
    return StreamingResponse(zip_stream(export.files(), now), media_type="application/zip", headers=EXPORT_HEADERS)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT)
async def delete_account(
    body: DeleteAccountBody, user: SignedInUser, request: Request, response: Response, services: ServicesNow
) -> None:
    """At once and for good: account, interviews, set-ups, transcripts, feedback. Asks for the password."""
    await services.auth.get_user(user.access_token)
    await prove_password(
        services,
        email=user.email,
        password=body.password.get_secret_value(),
        address=network_address(request),
    )
    await services.account_deletion.delete(user.user_id)
    services.sessions.forget()
    services.cookies.clear(response)
