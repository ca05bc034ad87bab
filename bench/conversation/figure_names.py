"""Names of the sample files, and what a sample's value is."""

from typing import Literal

FigureName = Literal[
    "exchanges",  # seconds that it took; an exchange that is here is not done again
    "response",  # seconds to the first sound
    "content",  # seconds to the first word of content
    "worker-response",  # seconds by the worker's own count
    "pauses",  # 1: cut into
    "false-starts",  # seconds until the interviewer was silent again
    "cut-ins-over-speech",  # 1 each
    "holds",  # seconds that the floor was held, at most ten
    "interruptions",  # seconds until the interviewer was silent; none: it talked on
    "disturbances",  # 1: the interviewer went on
    "back-channels",  # seconds of sound
    "long-answers",  # number of back-channels in it
    "transcripts",  # words written down that nobody heard
    "unanswered",  # 1 each: the interviewer said nothing
    "cost",  # share of one core
    "cost-response",  # seconds to the first sound, several interviews at once
]
