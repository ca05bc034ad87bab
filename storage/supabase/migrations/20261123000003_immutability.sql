-- What was said, asked and judged never changes. Only updates are refused: deletes must cascade from the account.

create function public.refuse_update() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'immutable' using errcode = 'PT409', detail = tg_table_name;
end;
$$;

create trigger plans_immutable before update on public.plans
  for each row execute function public.refuse_update();
create trigger plan_keys_immutable before update on public.plan_keys
  for each row execute function public.refuse_update();
create trigger turns_immutable before update on public.turns
  for each row execute function public.refuse_update();
create trigger feedback_immutable before update on public.feedback
  for each row execute function public.refuse_update();

create function public.guard_attempt() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.id, new.interview_id, new.owner_id, new.plan_id, new.number, new.created_at)
     is distinct from (old.id, old.interview_id, old.owner_id, old.plan_id, old.number, old.created_at)
     or new.job_epoch < old.job_epoch
     or (old.started_at is not null and new.started_at is distinct from old.started_at)
  then
    raise exception 'immutable' using errcode = 'PT409', detail = 'attempts';
  end if;
  if old.status in ('ended', 'abandoned')
     and (new.status, new.job_epoch, new.started_at, new.ended_at, new.end_reason)
         is distinct from (old.status, old.job_epoch, old.started_at, old.ended_at, old.end_reason)
  then
    raise exception 'attempt_over' using errcode = 'PT409', detail = old.id::text;
  end if;
  return new;
end;
$$;

create trigger attempts_guarded before update on public.attempts
  for each row execute function public.guard_attempt();

revoke execute on function public.refuse_update(), public.guard_attempt() from public, anon, authenticated;
