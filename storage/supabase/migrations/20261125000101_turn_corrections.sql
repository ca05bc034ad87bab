-- What candidates say they said, beside turns that never change. A correction is a change of the transcript, so it
-- raises its revision in the same step; the attempt is locked first, so that revisions of simultaneous calls ascend.

create function public.correct_turn(p_attempt_id uuid, p_seq int, p_text text) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_speaker text;
  v_correction public.turn_corrections;
begin
  select * into v_attempt from public.attempts where id = p_attempt_id for update;
  select speaker into v_speaker from public.turns where attempt_id = p_attempt_id and seq = p_seq;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  if v_attempt.status in ('planned', 'live') then
    raise exception 'attempt_open' using errcode = 'PT409', detail = p_attempt_id::text;
  end if;
  if v_speaker <> 'candidate' then
    raise exception 'validation_failed' using errcode = 'PT409', detail = 'only what the candidate said is corrected';
  end if;
  insert into public.turn_corrections as c (attempt_id, seq, owner_id, text)
  values (p_attempt_id, p_seq, v_attempt.owner_id, p_text)
  on conflict (attempt_id, seq) do update set text = excluded.text, corrected_at = now()
  where c.text <> excluded.text
  returning * into v_correction;
  if found then
    update public.attempts set transcript_revision = transcript_revision + 1 where id = p_attempt_id;
  else
    select * into v_correction from public.turn_corrections where attempt_id = p_attempt_id and seq = p_seq;
  end if;
  return to_jsonb(v_correction);
end;
$$;

create function public.take_back_correction(p_attempt_id uuid, p_seq int) returns void
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.attempts where id = p_attempt_id for update;
  perform 1 from public.turns where attempt_id = p_attempt_id and seq = p_seq;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  delete from public.turn_corrections where attempt_id = p_attempt_id and seq = p_seq;
  if found then
    update public.attempts set transcript_revision = transcript_revision + 1 where id = p_attempt_id;
  end if;
end;
$$;

-- The claim of 20261123000007_assessments.sql, with the corrections.
create or replace function public.claim_assessment(
  p_assessor_id text, p_lease_sec double precision, p_max_tries int, p_gave_up text
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_assessment public.assessments;
  v_attempt public.attempts;
begin
  -- A lease that ran out on the last try: the assessor died each time, so another would too.
  update public.assessments set status = 'failed', error = p_gave_up, finished_at = now()
  where status = 'running' and lease_until < now() and tries >= p_max_tries;

  select * into v_assessment from public.assessments
  where (status = 'queued' and available_at <= now()) or (status = 'running' and lease_until < now())
  order by created_at limit 1 for update skip locked;
  if not found then
    return null;
  end if;
  -- read before turns and corrections: what comes in between is judged too, and its revision is never claimed falsely
  select * into v_attempt from public.attempts where id = v_assessment.attempt_id;
  update public.assessments set
    status = 'running', lease_owner = p_assessor_id, lease_until = now() + make_interval(secs => p_lease_sec),
    tries = tries + 1, progress = 0, error = null, transcript_revision = v_attempt.transcript_revision
  where id = v_assessment.id returning * into v_assessment;
  return jsonb_build_object(
    'assessment', to_jsonb(v_assessment),
    'attempt', to_jsonb(v_attempt),
    'plan', (select to_jsonb(p) from public.plans p where p.id = v_attempt.plan_id),
    'keys', (select keys from public.plan_keys where plan_id = v_attempt.plan_id),
    'turns', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.seq), '[]'::jsonb)
      from public.turns t where t.attempt_id = v_attempt.id),
    'corrections', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.seq), '[]'::jsonb)
      from public.turn_corrections c where c.attempt_id = v_attempt.id)
  );
end;
$$;

revoke execute on function
  public.correct_turn(uuid, int, text),
  public.take_back_correction(uuid, int)
from public, anon, authenticated;
grant execute on function
  public.correct_turn(uuid, int, text),
  public.take_back_correction(uuid, int)
to service_role;
