-- A start that is asked for again with the same Idempotency-Key is the same attempt, whichever server is asked.

alter table public.attempts add column idempotency_key text check (char_length(idempotency_key) <= 200);
create unique index attempts_idempotency on public.attempts (interview_id, idempotency_key);

create function public.create_attempt_once(
  p_interview_id uuid, p_owner_id uuid, p_plan_id uuid, p_record_audio boolean, p_idempotency_key text
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_attempt_id uuid;
begin
  -- the lock lets the second of two simultaneous calls find what the first made
  perform 1 from public.interviews where id = p_interview_id and owner_id = p_owner_id for update;
  select * into v_attempt from public.attempts
  where interview_id = p_interview_id and owner_id = p_owner_id and idempotency_key = p_idempotency_key;
  if not found then
    v_attempt_id := public.create_attempt(p_interview_id, p_owner_id, p_plan_id, p_record_audio) ->> 'id';
    update public.attempts set idempotency_key = p_idempotency_key where id = v_attempt_id
    returning * into v_attempt;
  end if;
  return to_jsonb(v_attempt);
end;
$$;

revoke execute on function public.create_attempt_once(uuid, uuid, uuid, boolean, text)
from public, anon, authenticated;
grant execute on function public.create_attempt_once(uuid, uuid, uuid, boolean, text) to service_role;
