"""From what the candidate asked for to a plan of exactly that many questions.

`planner.py` is the whole; `writer.py` asks a model where one is set, and `selection.py` draws from the bank.
"""

from token_server.planning.planner import Planner
from token_server.planning.selection import BankTooSmallError, draft_plan
from token_server.planning.title import interview_title
from token_server.planning.writer import PlanWriter, open_plan_writer

__all__ = ["BankTooSmallError", "PlanWriter", "Planner", "draft_plan", "interview_title", "open_plan_writer"]
