-- Why a worker can't keep turns on its own disk; null while it can.

alter table public.workers add column outbox_problem text check (char_length(outbox_problem) <= 200);
