"""A scripted voice candidate for any LiveKit room: it speaks recorded clips and measures what it hears."""

from tests.support.candidate.candidate import Candidate, Played, RoomClosed, WaitedInVain
from tests.support.candidate.clips import Clip, ClipLibrary
from tests.support.candidate.measure import Recording, Summary

__all__ = ["Candidate", "Clip", "ClipLibrary", "Played", "Recording", "RoomClosed", "Summary", "WaitedInVain"]
