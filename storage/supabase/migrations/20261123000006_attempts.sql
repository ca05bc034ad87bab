-- One sitting: each transition is one compare-and-set. A job of an older epoch than the stored one is superseded.

create function public.create_attempt(
  p_interview_id uuid, p_owner_id uuid, p_plan_id uuid, p_record_audio boolean
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_open_id uuid;
begin
  -- the lock makes numbers of simultaneous calls ascend
  perform 1 from public.interviews where id = p_interview_id and owner_id = p_owner_id for update;
  if not found or not exists (
    select 1 from public.plans where id = p_plan_id and interview_id = p_interview_id
  ) then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  loop
    insert into public.attempts (interview_id, owner_id, plan_id, number, record_audio)
    values (
      p_interview_id, p_owner_id, p_plan_id,
      (select coalesce(max(number), 0) + 1 from public.attempts where interview_id = p_interview_id),
      p_record_audio
    )
    on conflict (owner_id) where status in ('planned', 'live') do nothing
    returning * into v_attempt;
    if found then
      return to_jsonb(v_attempt);
    end if;
    select id into v_open_id from public.attempts where owner_id = p_owner_id and status in ('planned', 'live');
    if found then
      raise exception 'attempt_open' using errcode = 'PT409', detail = v_open_id::text;
    end if;
    -- the one in the way ended between the two statements: try again
  end loop;
end;
$$;

-- The row, locked, if a job of this epoch may still write it.
create function public.lock_open_attempt(p_attempt_id uuid, p_epoch int) returns public.attempts
language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
begin
  select * into v_attempt from public.attempts where id = p_attempt_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  if v_attempt.status in ('ended', 'abandoned') then
    raise exception 'attempt_over' using errcode = 'PT409';
  end if;
  if p_epoch < v_attempt.job_epoch then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  return v_attempt;
end;
$$;

create function public.raise_epoch(p_attempt_id uuid, p_expected_epoch int) returns int
language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts := public.lock_open_attempt(p_attempt_id, p_expected_epoch);
begin
  if v_attempt.job_epoch <> p_expected_epoch then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  update public.attempts set job_epoch = p_expected_epoch + 1 where id = p_attempt_id;
  return p_expected_epoch + 1;
end;
$$;

create function public.join_attempt(p_attempt_id uuid, p_epoch int, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_before public.attempts := public.lock_open_attempt(p_attempt_id, p_epoch);
  v_attempt public.attempts;
begin
  update public.attempts set
    status = 'live', started_at = coalesce(started_at, p_now), heartbeat_at = p_now, job_epoch = p_epoch
  where id = p_attempt_id returning * into v_attempt;
  return jsonb_build_object(
    'attempt', to_jsonb(v_attempt),
    'resumed', v_before.status = 'live',
    'display_name', (select display_name from public.profiles where id = v_attempt.owner_id),
    'plan', (select to_jsonb(p) from public.plans p where p.id = v_attempt.plan_id),
    'keys', (select keys from public.plan_keys where plan_id = v_attempt.plan_id),
    'turns', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.seq), '[]'::jsonb)
      from public.turns t where t.attempt_id = p_attempt_id)
  );
end;
$$;

create function public.beat_attempt(
  p_attempt_id uuid, p_epoch int, p_now timestamptz, p_position jsonb, p_measurements jsonb
) returns void language plpgsql set search_path = '' as $$
begin
  perform public.lock_open_attempt(p_attempt_id, p_epoch);
  update public.attempts set
    heartbeat_at = p_now, position = p_position, measurements = coalesce(p_measurements, measurements)
  where id = p_attempt_id;
end;
$$;

-- Takes turns of any epoch, after the end too: what was said is never refused for coming late.
create function public.append_turns(p_attempt_id uuid, p_turns jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_owner_id uuid;
  v_added int;
begin
  select owner_id into v_owner_id from public.attempts where id = p_attempt_id;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  insert into public.turns (
    attempt_id, seq, owner_id, speaker, question_id, question_index, text, started_ms, ended_ms, interrupted,
    confidence, words, intent, act
  )
  select
    p_attempt_id, t.seq, v_owner_id, t.speaker, t.question_id, t.question_index, t.text, t.started_ms, t.ended_ms,
    t.interrupted, t.confidence, nullif(t.words, 'null'::jsonb), t.intent, t.act
  from jsonb_to_recordset(p_turns) as t (
    seq int, speaker text, question_id text, question_index int, text text, started_ms int, ended_ms int,
    interrupted boolean, confidence double precision, words jsonb, intent text, act text
  )
  on conflict (attempt_id, seq) do nothing;
  get diagnostics v_added = row_count;
  if v_added > 0 then
    update public.attempts set transcript_revision = transcript_revision + v_added where id = p_attempt_id;
  end if;
end;
$$;

create function public.end_attempt(
  p_attempt_id uuid, p_reason text, p_now timestamptz, p_rubric_version text,
  p_epoch int default null, p_position jsonb default null, p_measurements jsonb default null
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_answered boolean;
begin
  select * into v_attempt from public.attempts where id = p_attempt_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  if v_attempt.status in ('ended', 'abandoned') then
    return to_jsonb(v_attempt);
  end if;
  if p_epoch < v_attempt.job_epoch then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  v_answered := exists (
    select 1 from public.turns where attempt_id = p_attempt_id and speaker = 'candidate' and intent = 'answer'
  );
  update public.attempts set
    status = case when v_answered then 'ended' else 'abandoned' end,
    ended_at = p_now,
    end_reason = p_reason,
    position = coalesce(p_position, position),
    measurements = coalesce(p_measurements, measurements)
  where id = p_attempt_id returning * into v_attempt;
  if v_answered then
    insert into public.assessments (attempt_id, owner_id, transcript_revision, rubric_version)
    values (v_attempt.id, v_attempt.owner_id, v_attempt.transcript_revision, p_rubric_version);
  end if;
  return to_jsonb(v_attempt);
end;
$$;

revoke execute on function
  public.create_attempt(uuid, uuid, uuid, boolean),
  public.lock_open_attempt(uuid, int),
  public.raise_epoch(uuid, int),
  public.join_attempt(uuid, int, timestamptz),
  public.beat_attempt(uuid, int, timestamptz, jsonb, jsonb),
  public.append_turns(uuid, jsonb),
  public.end_attempt(uuid, text, timestamptz, text, int, jsonb, jsonb)
from public, anon, authenticated;
grant execute on function
  public.create_attempt(uuid, uuid, uuid, boolean),
  public.lock_open_attempt(uuid, int),
  public.raise_epoch(uuid, int),
  public.join_attempt(uuid, int, timestamptz),
  public.beat_attempt(uuid, int, timestamptz, jsonb, jsonb),
  public.append_turns(uuid, jsonb),
  public.end_attempt(uuid, text, timestamptz, text, int, jsonb, jsonb)
to service_role;
