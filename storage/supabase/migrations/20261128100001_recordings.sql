-- Sound that was kept of attempts whose candidates consented: one row per job that recorded. The files themselves are
-- with the token server (storage/recordings), under the attempt's id and the job's epoch.

alter table public.attempts
  -- the consent is part of the request that makes the attempt
  add column audio_consented_at timestamptz generated always as (case when record_audio then created_at end) stored,
  add column recordings_deleted_at timestamptz;

-- Nobody can consent, or delete, on the candidate's behalf afterwards.
create trigger attempts_consent_immutable before update on public.attempts
  for each row
  when (
    new.record_audio is distinct from old.record_audio
    or (old.recordings_deleted_at is not null and new.recordings_deleted_at is distinct from old.recordings_deleted_at)
  )
  execute function public.refuse_update();

create table public.recordings (
  attempt_id uuid not null,
  epoch int not null check (epoch >= 1),
  owner_id uuid not null,
  offset_ms int not null check (offset_ms >= 0),
  duration_ms int not null check (duration_ms >= 0),
  bytes int not null check (bytes > 0),
  consented_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (attempt_id, epoch),
  foreign key (attempt_id, owner_id) references public.attempts (id, owner_id) on delete cascade
);
create index recordings_owner on public.recordings (owner_id);
-- for the end of their time
create index recordings_oldest on public.recordings (consented_at);

create trigger recordings_immutable before update on public.recordings
  for each row execute function public.refuse_update();

revoke all on table public.recordings from anon, authenticated;
grant select on table public.recordings to authenticated;
grant all on table public.recordings to service_role;
alter table public.recordings enable row level security;
create policy "owners read" on public.recordings for select to authenticated using (owner_id = (select auth.uid()));

-- Without consent, or once they were deleted, there is nothing that a recording could be kept for: not found.
create function public.keep_recording(
  p_attempt_id uuid, p_epoch int, p_offset_ms int, p_duration_ms int, p_bytes int
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_attempt public.attempts;
  v_recording public.recordings;
begin
  select * into v_attempt from public.attempts where id = p_attempt_id for update;
  if not found or not v_attempt.record_audio or v_attempt.recordings_deleted_at is not null then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  insert into public.recordings (attempt_id, epoch, owner_id, offset_ms, duration_ms, bytes, consented_at)
  values (
    p_attempt_id, p_epoch, v_attempt.owner_id, p_offset_ms, p_duration_ms, p_bytes, v_attempt.audio_consented_at
  )
  on conflict (attempt_id, epoch) do nothing;
  select * into v_recording from public.recordings where attempt_id = p_attempt_id and epoch = p_epoch;
  return to_jsonb(v_recording);
end;
$$;

-- For good: what a job still sends afterwards is refused.
create function public.delete_recordings(p_attempt_id uuid, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  update public.attempts set recordings_deleted_at = coalesce(recordings_deleted_at, p_now)
  where id = p_attempt_id;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  delete from public.recordings where attempt_id = p_attempt_id;
end;
$$;

revoke execute on function
  public.keep_recording(uuid, int, int, int, int),
  public.delete_recordings(uuid, timestamptz)
from public, anon, authenticated;
grant execute on function
  public.keep_recording(uuid, int, int, int, int),
  public.delete_recordings(uuid, timestamptz)
to service_role;
