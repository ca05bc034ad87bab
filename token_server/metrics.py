"""Prometheus metrics of one token server. A registry of its own, so that tests can have many."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REQUEST_BUCKETS_SEC = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "http_request_duration_seconds",
            "Requests by route and status",
            ("method", "route", "status"),
            buckets=REQUEST_BUCKETS_SEC,
            registry=self.registry,
        )
        self.plans = Counter(
            "plans_written_total", "Plans, by where their questions come from", ("source",), registry=self.registry
        )
        self.dispatches = Counter(
            "interviewer_dispatches_total", "Interviewers sent for: first, or again", ("which",), registry=self.registry
        )
        self.refused_at_capacity = Counter(
            "attempts_refused_at_capacity_total",
            "Attempts and set-ups refused since no place was free",
            registry=self.registry,
        )
        self.attempts_started = Counter("attempts_started_total", "Attempts started", registry=self.registry)
        self.attempts_ended = Counter(
            "attempts_ended_total", "Attempts ended, by reason", ("reason",), registry=self.registry
        )
        self.setups_begun = Counter("setups_begun_total", "Spoken set-ups begun", registry=self.registry)
        self.setups_confirmed = Counter(
            "setups_confirmed_total", "Set-ups that became an interview", ("by",), registry=self.registry
        )
        self.turns_stored = Counter("turns_stored_total", "Turns taken from workers", registry=self.registry)
        self.assessments = Counter(
            "assessments_total", "Assessments that came to an end, by result", ("result",), registry=self.registry
        )
        self.recordings = Counter(
            "recordings_total", "Recordings kept, removed, expired, orphaned", ("what",), registry=self.registry
        )
        self.sweep_actions = Counter(
            "sweep_actions_total", "What the sweep did about attempts and set-ups", ("action",), registry=self.registry
        )
        self.sweep_errors = Counter(
            "sweep_errors_total", "Attempts and set-ups that the sweep failed at", registry=self.registry
        )
        self.retention_deleted = Counter(
            "retention_deleted_total", "What was deleted since its time was over", ("what",), registry=self.registry
        )
        self.worker_places = Gauge(
            "worker_jobs", "As the worker last said", ("worker_id", "what"), registry=self.registry
        )

    def text(self) -> bytes:
        return generate_latest(self.registry)
