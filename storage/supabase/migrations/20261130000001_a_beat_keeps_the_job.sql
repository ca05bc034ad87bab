-- Who replaces a job because it was silent must not replace one that has reported since it was looked at.

drop function public.raise_epoch(uuid, int);

create function public.raise_epoch(p_attempt_id uuid, p_expected_epoch int, p_silent_since timestamptz default null)
returns int
language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts := public.lock_open_attempt(p_attempt_id, p_expected_epoch);
begin
  if v_attempt.job_epoch <> p_expected_epoch or v_attempt.heartbeat_at > p_silent_since then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  update public.attempts set job_epoch = p_expected_epoch + 1 where id = p_attempt_id;
  return p_expected_epoch + 1;
end;
$$;

revoke execute on function public.raise_epoch(uuid, int, timestamptz) from public, anon, authenticated;
grant execute on function public.raise_epoch(uuid, int, timestamptz) to service_role;
