"""The question bank: questions with their keys, and the words for roles and technologies that find them."""

from prompts.question_bank.bank import BANK_VERSION, BankError, QuestionBank, load_bank
from prompts.question_bank.mentions import Mentions, mentions_in
from prompts.question_bank.schema import BankQuestion, Competency, Family, Topic
from prompts.question_bank.vocabulary import (
    expand_technologies,
    match_role,
    match_technologies,
    role_technologies,
    technology_label,
)

__all__ = [
    "BANK_VERSION",
    "BankError",
    "BankQuestion",
    "Competency",
    "Family",
    "Mentions",
    "QuestionBank",
    "Topic",
    "expand_technologies",
    "load_bank",
    "match_role",
    "match_technologies",
    "mentions_in",
    "role_technologies",
    "technology_label",
]
