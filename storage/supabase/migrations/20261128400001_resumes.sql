-- What somebody pasted or uploaded about themselves and the job: one résumé a person, reused until it is deleted, and the
-- job descriptions, which live with the plans that were made from them and can be taken out again.

create table public.resumes (
  owner_id uuid primary key references public.profiles (id) on delete cascade,
  text text not null check (char_length(text) between 1 and 20000),
  updated_at timestamptz not null
);

revoke all on table public.resumes from anon, authenticated;
grant select on table public.resumes to authenticated;
grant all on table public.resumes to service_role;
alter table public.resumes enable row level security;
create policy "owners read" on public.resumes for select to authenticated using (owner_id = (select auth.uid()));

-- A plan never changes, but that its job description can be taken out of it.
create function public.guard_plan() returns trigger language plpgsql set search_path = '' as $$
begin
  if to_jsonb(new) - 'parameters' is distinct from to_jsonb(old) - 'parameters'
     or new.parameters is distinct from old.parameters - 'job_description'
  then
    raise exception 'immutable' using errcode = 'PT409', detail = tg_table_name;
  end if;
  return new;
end;
$$;
drop trigger plans_immutable on public.plans;
create trigger plans_guarded before update on public.plans
  for each row execute function public.guard_plan();

-- From every plan of an interview, and from the set-up that the interview was made in.
create function public.forget_job_description(p_interview_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
  if not exists (select 1 from public.interviews where id = p_interview_id) then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  update public.plans set parameters = parameters - 'job_description'
  where interview_id = p_interview_id and parameters ? 'job_description';
  update public.setup_conversations set draft = draft - 'job_description'
  where interview_id = p_interview_id and draft ? 'job_description';
end;
$$;

-- Everything that an export holds besides the documents is as it was.
alter function public.export_account(uuid) rename to export_account_without_documents;
create function public.export_account(p_user_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select public.export_account_without_documents(p_user_id) || jsonb_build_object(
    'resumes', (
      select coalesce(jsonb_agg(to_jsonb(t)), '[]'::jsonb) from public.resumes t where t.owner_id = p_user_id)
  );
$$;

revoke execute on function
  public.guard_plan(), public.forget_job_description(uuid), public.export_account(uuid)
from public, anon, authenticated;
grant execute on function public.forget_job_description(uuid), public.export_account(uuid) to service_role;
