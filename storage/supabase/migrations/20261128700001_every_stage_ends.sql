-- Words that arrive after the end of an attempt are judged too, and no assessment waits for ever.

-- As in 20261123000003_immutability.sql, except that an abandoned attempt whose answer arrives late has been held.
create or replace function public.guard_attempt() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.id, new.interview_id, new.owner_id, new.plan_id, new.number, new.created_at)
     is distinct from (old.id, old.interview_id, old.owner_id, old.plan_id, old.number, old.created_at)
     or new.job_epoch < old.job_epoch
     or (old.started_at is not null and new.started_at is distinct from old.started_at)
  then
    raise exception 'immutable' using errcode = 'PT409', detail = 'attempts';
  end if;
  if old.status in ('ended', 'abandoned')
     and ((new.job_epoch, new.started_at, new.ended_at, new.end_reason)
          is distinct from (old.job_epoch, old.started_at, old.ended_at, old.end_reason)
          or new.status <> old.status and (old.status, new.status) <> ('abandoned', 'ended'))
  then
    raise exception 'attempt_over' using errcode = 'PT409', detail = old.id::text;
  end if;
  return new;
end;
$$;

drop function public.append_turns(uuid, jsonb);

-- Takes turns of any epoch, after the end too: what was said is never refused for coming late.
create function public.append_turns(p_attempt_id uuid, p_turns jsonb, p_rubric_version text) returns void
language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_added int;
  v_spoken int;
begin
  -- locked, so that an end at the same time sees these turns, or is seen here
  select * into v_attempt from public.attempts where id = p_attempt_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  with added as (
    insert into public.turns (
      attempt_id, seq, owner_id, speaker, question_id, question_index, text, started_ms, ended_ms, interrupted,
      confidence, words, intent, act, goes_on
    )
    select
      p_attempt_id, t.seq, v_attempt.owner_id, t.speaker, t.question_id, t.question_index, t.text, t.started_ms,
      t.ended_ms, t.interrupted, t.confidence, nullif(t.words, 'null'::jsonb), t.intent, t.act,
      coalesce(t.goes_on, false)
    from jsonb_to_recordset(p_turns) as t (
      seq int, speaker text, question_id text, question_index int, text text, started_ms int, ended_ms int,
      interrupted boolean, confidence double precision, words jsonb, intent text, act text, goes_on boolean
    )
    on conflict (attempt_id, seq) do nothing
    returning speaker
  )
  select count(*), count(*) filter (where speaker = 'candidate') into v_added, v_spoken from added;
  if v_added > 0 then
    update public.attempts set transcript_revision = transcript_revision + v_added where id = p_attempt_id;
  end if;
  if v_spoken > 0 and v_attempt.status in ('ended', 'abandoned') then
    perform public.judge_late_words(p_attempt_id, p_rubric_version);
  end if;
end;
$$;

-- An attempt that is over has got more words: it is assessed with them, unless its assessment hasn't begun.
create function public.judge_late_words(p_attempt_id uuid, p_rubric_version text) returns void
language plpgsql set search_path = '' as $$
begin
  if not exists (
    select 1 from public.turns where attempt_id = p_attempt_id and speaker = 'candidate' and intent = 'answer'
  ) then
    return;
  end if;
  update public.attempts set status = 'ended' where id = p_attempt_id and status = 'abandoned';
  -- whoever is at it has read a transcript without them, and is superseded
  update public.assessments set
    status = 'queued', lease_owner = null, lease_until = null, progress = 0, tries = greatest(tries - 1, 0),
    available_at = now()
  where attempt_id = p_attempt_id and status = 'running';
  insert into public.assessments (attempt_id, owner_id, transcript_revision, rubric_version)
  select id, owner_id, transcript_revision, p_rubric_version from public.attempts where id = p_attempt_id
  on conflict (attempt_id) where status in ('queued', 'running') do nothing;
end;
$$;

-- Assessments that nobody will finish come to an end with a reason; asking again makes a new one. Returns how many.
create function public.settle_assessments(
  p_max_tries int, p_gave_up text, p_overdue_sec double precision, p_overdue text
) returns int language plpgsql set search_path = '' as $$
declare
  v_settled int;
begin
  update public.assessments set
    status = 'failed', error = case when status = 'running' then p_gave_up else p_overdue end, finished_at = now()
  where (status = 'running' and lease_until < now() and tries >= p_max_tries)
     or (status = 'queued' and available_at < now() - make_interval(secs => p_overdue_sec));
  get diagnostics v_settled = row_count;
  return v_settled;
end;
$$;

revoke execute on function
  public.append_turns(uuid, jsonb, text),
  public.judge_late_words(uuid, text),
  public.settle_assessments(int, text, double precision, text)
from public, anon, authenticated;
grant execute on function
  public.append_turns(uuid, jsonb, text),
  public.judge_late_words(uuid, text),
  public.settle_assessments(int, text, double precision, text)
to service_role;
