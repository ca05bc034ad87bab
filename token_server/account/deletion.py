"""Deleting an account: first what goes on in it, then everything that is stored of it."""

import structlog

from storage.store import Store
from token_server.errors import UpstreamUnavailableError
from token_server.jobs import Jobs
from token_server.recordings import Recordings
from token_server.setups import Setups

log = structlog.get_logger()


class AccountDeletion:
    def __init__(self, store: Store, jobs: Jobs, setups: Setups, recordings: Recordings) -> None:
        self._store = store
        self._jobs = jobs
        self._setups = setups
        self._recordings = recordings

    async def delete(self, user_id: str) -> None:
        """At once and for good. What a worker still sends of it afterwards is refused, and dropped there.

        Raises:
            NotFoundError: there is no such account.
            StoreUnavailableError: some of it may be left; the same again goes on.
        """
        for attempt in await self._store.open_attempts():
            if attempt.owner_id == user_id:
                try:
                    await self._jobs.finish(attempt, "candidate_ended", fenced=False)
                except UpstreamUnavailableError as error:
                    # Its rows must go all the same. The job finds the attempt gone, and leaves.
                    log.warning("room_not_closed", attempt_id=attempt.id, error=type(error).__name__)
        setups = [setup.id for setup in await self._store.live_setups() if setup.owner_id == user_id]
        recorded = await self._store.recorded_attempts(user_id)
        await self._store.delete_account(user_id)
        await self._recordings.remove_files(recorded)
        log.info("account_deleted", user_id=user_id)
        await self._setups.close(setups)
