-- A candidate who goes on although the interviewer has begun: turns are immutable, so the second part is a row of its
-- own that says so, and readers get both as one turn.

alter table public.turns add column goes_on boolean not null default false;

create or replace function public.append_turns(p_attempt_id uuid, p_turns jsonb) returns void
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
    confidence, words, intent, act, goes_on
  )
  select
    p_attempt_id, t.seq, v_owner_id, t.speaker, t.question_id, t.question_index, t.text, t.started_ms, t.ended_ms,
    t.interrupted, t.confidence, nullif(t.words, 'null'::jsonb), t.intent, t.act, coalesce(t.goes_on, false)
  from jsonb_to_recordset(p_turns) as t (
    seq int, speaker text, question_id text, question_index int, text text, started_ms int, ended_ms int,
    interrupted boolean, confidence double precision, words jsonb, intent text, act text, goes_on boolean
  )
  on conflict (attempt_id, seq) do nothing;
  get diagnostics v_added = row_count;
  if v_added > 0 then
    update public.attempts set transcript_revision = transcript_revision + v_added where id = p_attempt_id;
  end if;
end;
$$;
