-- Tables. Every table below a person carries owner_id, held equal to its parent's by a foreign key over both columns:
-- that makes row-level security one comparison, and the lists one index scan.
-- No table is named like one of the auth schema (sessions, users, identities): embedded Supabase mixes their columns up.

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  display_name text not null check (char_length(display_name) between 1 and 100),
  created_at timestamptz not null default now()
);

create table public.interviews (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references public.profiles (id) on delete cascade,
  title text not null check (char_length(title) between 1 and 300),
  -- of the current plan, so that lists can filter without reading it
  role text not null,
  interview_type text not null check (interview_type in ('behavioral', 'technical', 'mixed')),
  level text not null check (level in ('junior', 'mid', 'senior')),
  technologies text[] not null default '{}'::text[],
  current_plan_id uuid not null,
  created_at timestamptz not null default now(),
  sort_title text collate "C" generated always as (lower(title)) stored,
  search_text text not null default '',
  unique (id, owner_id)
);
create index interviews_newest on public.interviews (owner_id, created_at desc, id desc);
create index interviews_by_title on public.interviews (owner_id, sort_title, id);

create table public.plans (
  id uuid primary key default gen_random_uuid(),
  interview_id uuid not null,
  owner_id uuid not null,
  version int not null check (version >= 1),
  parameters jsonb not null,
  questions jsonb not null,
  source text not null,
  created_at timestamptz not null default now(),
  unique (interview_id, version),
  unique (id, interview_id),
  foreign key (interview_id, owner_id) references public.interviews (id, owner_id) on delete cascade
);
create index plans_owner on public.plans (owner_id);

-- Deferred, because an interview and its first plan name each other.
alter table public.interviews
  add constraint interviews_current_plan_fkey foreign key (current_plan_id) references public.plans (id)
  deferrable initially deferred;

create table public.plan_keys (
  plan_id uuid primary key references public.plans (id) on delete cascade,
  keys jsonb not null
);

create table public.attempts (
  id uuid primary key default gen_random_uuid(),
  interview_id uuid not null,
  owner_id uuid not null,
  plan_id uuid not null,
  number int not null check (number >= 1),
  status text not null default 'planned' check (status in ('planned', 'live', 'ended', 'abandoned')),
  job_epoch int not null default 0 check (job_epoch >= 0),
  heartbeat_at timestamptz,
  position jsonb not null default '{}'::jsonb,
  measurements jsonb not null default '{}'::jsonb,
  transcript_revision int not null default 0,
  record_audio boolean not null default false,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text check (
    end_reason in ('completed', 'candidate_ended', 'candidate_absent', 'no_show', 'time_limit', 'interviewer_lost')
  ),
  unique (interview_id, number),
  unique (id, owner_id),
  foreign key (interview_id, owner_id) references public.interviews (id, owner_id) on delete cascade,
  foreign key (plan_id, interview_id) references public.plans (id, interview_id) on delete cascade,
  check ((status in ('ended', 'abandoned')) = (ended_at is not null and end_reason is not null))
);
-- A person sits in one attempt at a time; it also finds the open ones for the sweep.
create unique index attempts_one_open on public.attempts (owner_id) where status in ('planned', 'live');
create index attempts_owner on public.attempts (owner_id);
create index attempts_plan on public.attempts (plan_id);

create table public.turns (
  attempt_id uuid not null,
  seq int not null check (seq >= 0),
  owner_id uuid not null,
  speaker text not null check (speaker in ('interviewer', 'candidate')),
  question_id text,
  question_index int,
  text text not null,
  started_ms int not null check (started_ms >= 0),
  ended_ms int not null check (ended_ms >= 0),
  interrupted boolean not null default false,
  confidence double precision check (confidence between 0 and 1),
  words jsonb,
  intent text,
  act text,
  created_at timestamptz not null default now(),
  primary key (attempt_id, seq),
  foreign key (attempt_id, owner_id) references public.attempts (id, owner_id) on delete cascade
);
create index turns_owner on public.turns (owner_id);

create table public.turn_corrections (
  attempt_id uuid not null,
  seq int not null,
  owner_id uuid not null references public.profiles (id) on delete cascade,
  text text not null,
  corrected_at timestamptz not null default now(),
  primary key (attempt_id, seq),
  foreign key (attempt_id, seq) references public.turns (attempt_id, seq) on delete cascade
);
create index turn_corrections_owner on public.turn_corrections (owner_id);

create table public.assessments (
  id uuid primary key default gen_random_uuid(),
  attempt_id uuid not null,
  owner_id uuid not null,
  transcript_revision int not null,
  rubric_version text not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'not_assessable')),
  progress double precision not null default 0 check (progress between 0 and 1),
  lease_owner text,
  lease_until timestamptz,
  available_at timestamptz not null default now(),
  tries int not null default 0,
  error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (id, attempt_id),
  foreign key (attempt_id, owner_id) references public.attempts (id, owner_id) on delete cascade
);
create index assessments_newest on public.assessments (attempt_id, created_at desc);
create unique index assessments_one_working on public.assessments (attempt_id) where status in ('queued', 'running');
create index assessments_waiting on public.assessments (created_at) where status in ('queued', 'running');
create index assessments_owner on public.assessments (owner_id);

create table public.feedback (
  assessment_id uuid primary key,
  attempt_id uuid not null,
  owner_id uuid not null,
  overall_score int check (overall_score between 0 and 100),
  body jsonb not null,
  created_at timestamptz not null default now(),
  foreign key (assessment_id, attempt_id) references public.assessments (id, attempt_id) on delete cascade,
  foreign key (attempt_id, owner_id) references public.attempts (id, owner_id) on delete cascade
);
create index feedback_newest on public.feedback (attempt_id, created_at desc);
create index feedback_owner on public.feedback (owner_id);

create table public.setup_conversations (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references public.profiles (id) on delete cascade,
  status text not null default 'live' check (status in ('live', 'confirmed', 'abandoned')),
  revision int not null default 0 check (revision >= 0),
  draft jsonb not null default '{}'::jsonb,
  interview_id uuid references public.interviews (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index setup_conversations_newest on public.setup_conversations (owner_id, created_at desc);
create index setup_conversations_interview on public.setup_conversations (interview_id);

create table public.workers (
  id text primary key check (char_length(id) between 1 and 100),
  capacity int not null check (capacity >= 0),
  active int not null check (active >= 0),
  warm int not null check (warm >= 0),
  registered boolean not null,
  seen_at timestamptz not null
);
