-- The queue of assessments: claimed by a lease, finished in one step, never overwritten.

create function public.queue_assessment(p_attempt_id uuid, p_rubric_version text) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_assessment public.assessments;
begin
  select * into v_attempt from public.attempts where id = p_attempt_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  if v_attempt.status in ('planned', 'live') then
    raise exception 'attempt_open' using errcode = 'PT409', detail = p_attempt_id::text;
  end if;
  insert into public.assessments (attempt_id, owner_id, transcript_revision, rubric_version)
  values (p_attempt_id, v_attempt.owner_id, v_attempt.transcript_revision, p_rubric_version)
  on conflict (attempt_id) where status in ('queued', 'running') do nothing
  returning * into v_assessment;
  if not found then
    raise exception 'assessment_running' using errcode = 'PT409';
  end if;
  return to_jsonb(v_assessment);
end;
$$;

create function public.claim_assessment(
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
      from public.turns t where t.attempt_id = v_attempt.id)
  );
end;
$$;

-- The row, locked, if this assessor holds it in one of these states.
create function public.lock_assessment(p_assessment_id uuid, p_assessor_id text, p_statuses text[])
returns public.assessments language plpgsql set search_path = '' as $$
declare
  v_assessment public.assessments;
begin
  select * into v_assessment from public.assessments where id = p_assessment_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  if v_assessment.lease_owner is distinct from p_assessor_id or v_assessment.status <> all (p_statuses) then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  return v_assessment;
end;
$$;

create function public.report_progress(
  p_assessment_id uuid, p_assessor_id text, p_progress double precision, p_lease_sec double precision
) returns void language plpgsql set search_path = '' as $$
begin
  perform public.lock_assessment(p_assessment_id, p_assessor_id, '{running}'::text[]);
  update public.assessments set progress = p_progress, lease_until = now() + make_interval(secs => p_lease_sec)
  where id = p_assessment_id;
end;
$$;

create function public.finish_assessment(
  p_assessment_id uuid, p_assessor_id text, p_overall_score int, p_body jsonb
) returns void language plpgsql set search_path = '' as $$
declare
  v_assessment public.assessments :=
    public.lock_assessment(p_assessment_id, p_assessor_id, '{running,done}'::text[]);
begin
  if (p_body ->> 'assessment_id', p_body ->> 'attempt_id')
     is distinct from (v_assessment.id::text, v_assessment.attempt_id::text) then
    raise exception 'validation_failed' using errcode = 'PT409', detail = 'the feedback is of another assessment';
  end if;
  if v_assessment.status = 'done' then
    return;
  end if;
  insert into public.feedback (assessment_id, attempt_id, owner_id, overall_score, body)
  values (v_assessment.id, v_assessment.attempt_id, v_assessment.owner_id, p_overall_score, p_body);
  update public.assessments set status = 'done', progress = 1, finished_at = now() where id = p_assessment_id;
end;
$$;

create function public.mark_not_assessable(p_assessment_id uuid, p_assessor_id text, p_reason text) returns void
language plpgsql set search_path = '' as $$
declare
  v_assessment public.assessments :=
    public.lock_assessment(p_assessment_id, p_assessor_id, '{running,not_assessable}'::text[]);
begin
  if v_assessment.status = 'running' then
    update public.assessments set status = 'not_assessable', progress = 1, error = p_reason, finished_at = now()
    where id = p_assessment_id;
  end if;
end;
$$;

create function public.fail_assessment(
  p_assessment_id uuid, p_assessor_id text, p_reason text, p_retry boolean, p_max_tries int,
  p_retry_delay_sec double precision
) returns void language plpgsql set search_path = '' as $$
declare
  v_assessment public.assessments := public.lock_assessment(p_assessment_id, p_assessor_id, '{running}'::text[]);
begin
  if p_retry and v_assessment.tries < p_max_tries then
    update public.assessments set
      status = 'queued', error = p_reason, lease_owner = null, lease_until = null, progress = 0,
      available_at = now() + make_interval(secs => p_retry_delay_sec * v_assessment.tries)
    where id = p_assessment_id;
  else
    update public.assessments set status = 'failed', error = p_reason, finished_at = now()
    where id = p_assessment_id;
  end if;
end;
$$;

revoke execute on function
  public.queue_assessment(uuid, text),
  public.claim_assessment(text, double precision, int, text),
  public.lock_assessment(uuid, text, text[]),
  public.report_progress(uuid, text, double precision, double precision),
  public.finish_assessment(uuid, text, int, jsonb),
  public.mark_not_assessable(uuid, text, text),
  public.fail_assessment(uuid, text, text, boolean, int, double precision)
from public, anon, authenticated;
grant execute on function
  public.queue_assessment(uuid, text),
  public.claim_assessment(text, double precision, int, text),
  public.lock_assessment(uuid, text, text[]),
  public.report_progress(uuid, text, double precision, double precision),
  public.finish_assessment(uuid, text, int, jsonb),
  public.mark_not_assessable(uuid, text, text),
  public.fail_assessment(uuid, text, text, boolean, int, double precision)
to service_role;
