"""A yes to a draft: the interview that it describes, planned and made once."""

from storage.errors import ConflictError, StaleRevisionError
from storage.models.interview import Interview
from storage.models.setup import SetupConversation
from storage.setup_store import SetupWriter
from token_server.errors import ProblemError
from token_server.planning import interview_title
from token_server.plans import plan_for
from token_server.schemas.problem import InvalidField
from token_server.services import Services


async def confirm_setup(services: Services, setup: SetupConversation, revision: int, *, by: SetupWriter) -> Interview:
    """Again at the same revision: the same interview.

    Raises:
        ProblemError: validation_failed, with the fields that are missing.
        ConflictError: stale_revision, setup_over.
    """
    if setup.status == "confirmed" and (setup.interview_id is None or setup.revision != revision):
        raise ConflictError("setup_over")
    if setup.revision != revision:
        raise StaleRevisionError(setup.revision)
    if missing := setup.draft.missing():
        errors = [InvalidField(field=field, message="isn't known yet") for field in missing]
        raise ProblemError("validation_failed", errors=errors)
    if setup.interview_id is not None:
        return await services.store.interview(setup.interview_id)
    parameters = setup.draft.parameters()
    interview = await services.store.confirm_setup(
        setup.id,
        revision=revision,
        title=interview_title(parameters),
        parameters=parameters,
        draft=await plan_for(services, setup.owner_id, parameters),
        by=by,
    )
    services.metrics.setups_confirmed.labels(by).inc()
    return interview
