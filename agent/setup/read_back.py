"""Which draft was read out. Only what was read to the end can be agreed to."""

from agent.setup.reply import Reply
from storage.models.setup import SetupDraft

_HEARD_SHARE = 0.95
"""Of a read-back's words: then it counts as read, though somebody spoke into its last one."""


class ReadBack:
    def __init__(self) -> None:
        self.last: SetupDraft | None = None
        """What was read out to the end."""
        self._worded: SetupDraft | None = None
        self._under_way: SetupDraft | None = None

    def begin(self, draft: SetupDraft) -> None:
        """It was put into words, and is about to be said."""
        self._worded = self._under_way = draft

    def forget(self) -> None:
        self.last = self._worded = self._under_way = None

    def again(self) -> None:
        """The same words are about to be said, whatever has become of the draft."""
        self._under_way = self._worded

    def spoken(self, reply: Reply, heard_text: str, *, interrupted: bool) -> None:
        """How much of a reply was heard."""
        read, self._under_way = self._under_way, None
        if read is None or not reply.reads_back:
            return
        before, words, _ = reply.text.partition(reply.reads_back)
        got = len(heard_text.split()) - len(before.split())
        if not interrupted or got >= len(words.split()) * _HEARD_SHARE:
            self.last = read

    def covers(self, draft: SetupDraft) -> bool:
        """Whether the draft as it stands was read out, and is complete."""
        return self.last is not None and self.last == draft and not draft.missing()
