"""From what the candidate asked for to a plan of exactly that many questions. Pure: no process, no network."""

from token_server.planning.selection import BankTooSmallError, draft_plan
from token_server.planning.title import interview_title

__all__ = ["BankTooSmallError", "draft_plan", "interview_title"]
