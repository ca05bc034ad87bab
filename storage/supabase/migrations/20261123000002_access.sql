-- Who may do what through the Supabase REST API. Owners read their own rows; only the secret key (service_role) writes.
-- plan_keys and workers have row-level security and no policy, and no grant either: nobody but the service reads them.

revoke all on table
  public.profiles, public.interviews, public.plans, public.plan_keys, public.attempts, public.turns,
  public.turn_corrections, public.assessments, public.feedback, public.setup_conversations, public.workers
from anon, authenticated;

grant select on table
  public.profiles, public.interviews, public.plans, public.attempts, public.turns,
  public.turn_corrections, public.assessments, public.feedback, public.setup_conversations
to authenticated;

grant all on table
  public.profiles, public.interviews, public.plans, public.plan_keys, public.attempts, public.turns,
  public.turn_corrections, public.assessments, public.feedback, public.setup_conversations, public.workers
to service_role;

alter table public.profiles enable row level security;
alter table public.interviews enable row level security;
alter table public.plans enable row level security;
alter table public.plan_keys enable row level security;
alter table public.attempts enable row level security;
alter table public.turns enable row level security;
alter table public.turn_corrections enable row level security;
alter table public.assessments enable row level security;
alter table public.feedback enable row level security;
alter table public.setup_conversations enable row level security;
alter table public.workers enable row level security;

-- (select auth.uid()) is evaluated once per query, a bare auth.uid() once per row.
create policy "owners read" on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy "owners read" on public.interviews for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners read" on public.plans for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners read" on public.attempts for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners read" on public.turns for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners read" on public.turn_corrections for select to authenticated
  using (owner_id = (select auth.uid()));
create policy "owners read" on public.assessments for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners read" on public.feedback for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners read" on public.setup_conversations for select to authenticated
  using (owner_id = (select auth.uid()));
