-- A spoken set-up. Its job is sent for like an attempt's; its draft is changed by voice and by hand, each change one
-- compare-and-set on the revision. A person talks in one set-up at a time: the older one is abandoned.

alter table public.setup_conversations
  -- raised with each dispatch: of two servers that miss the job at once, one sends for another
  add column job_epoch int not null default 0 check (job_epoch >= 0),
  -- when a job was sent for last, and when one joined last
  add column dispatched_at timestamptz,
  add column joined_at timestamptz,
  add column first_job_id text check (char_length(first_job_id) <= 200),
  add constraint setup_conversations_confirmed check ((status = 'confirmed') = (interview_id is not null)),
  drop constraint setup_conversations_interview_id_fkey,
  -- the draft is a copy of what the interview was made from, so it goes with it
  add constraint setup_conversations_interview_id_fkey
    foreign key (interview_id) references public.interviews (id) on delete cascade;

create unique index setup_conversations_one_live on public.setup_conversations (owner_id) where status = 'live';

-- The row, locked, if it is in one of these states.
create function public.lock_setup(p_setup_id uuid, p_statuses text[]) returns public.setup_conversations
language plpgsql set search_path = '' as $$
declare
  v_setup public.setup_conversations;
begin
  select * into v_setup from public.setup_conversations where id = p_setup_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  if v_setup.status <> all (p_statuses) then
    raise exception 'setup_over' using errcode = 'PT409';
  end if;
  return v_setup;
end;
$$;

-- Makes way for one that goes live; null for one that isn't there yet. Returns the ids of those that it abandons.
create function public.abandon_other_setups(p_owner_id uuid, p_setup_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_ids jsonb;
begin
  -- the lock makes simultaneous calls of one person follow each other
  perform 1 from public.profiles where id = p_owner_id for no key update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  with others as (
    update public.setup_conversations set status = 'abandoned', updated_at = now()
    where owner_id = p_owner_id and status = 'live' and id is distinct from p_setup_id
    returning id
  )
  select coalesce(jsonb_agg(id), '[]'::jsonb) into v_ids from others;
  return v_ids;
end;
$$;

create function public.create_setup(p_owner_id uuid, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_replaced jsonb := public.abandon_other_setups(p_owner_id, null);
  v_setup public.setup_conversations;
begin
  insert into public.setup_conversations (owner_id, dispatched_at) values (p_owner_id, p_now) returning * into v_setup;
  return jsonb_build_object('setup', to_jsonb(v_setup), 'replaced', v_replaced);
end;
$$;

create function public.take_up_setup(p_setup_id uuid, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_owner_id uuid;
  v_replaced jsonb;
  v_setup public.setup_conversations;
begin
  select owner_id into v_owner_id from public.setup_conversations where id = p_setup_id;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  -- person before row, as in create_setup: the other order would be a deadlock
  v_replaced := public.abandon_other_setups(v_owner_id, p_setup_id);
  v_setup := public.lock_setup(p_setup_id, '{live,abandoned}'::text[]);
  update public.setup_conversations set status = 'live', dispatched_at = p_now, updated_at = now()
  where id = p_setup_id returning * into v_setup;
  return jsonb_build_object('setup', to_jsonb(v_setup), 'replaced', v_replaced);
end;
$$;

create function public.raise_setup_epoch(p_setup_id uuid, p_expected_epoch int, p_now timestamptz) returns int
language plpgsql set search_path = '' as $$
declare
  v_setup public.setup_conversations := public.lock_setup(p_setup_id, '{live}'::text[]);
begin
  if v_setup.job_epoch <> p_expected_epoch then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  update public.setup_conversations set job_epoch = p_expected_epoch + 1, dispatched_at = p_now
  where id = p_setup_id;
  return p_expected_epoch + 1;
end;
$$;

create function public.join_setup(p_setup_id uuid, p_job_id text, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_before public.setup_conversations := public.lock_setup(p_setup_id, '{live}'::text[]);
  v_setup public.setup_conversations;
begin
  update public.setup_conversations set
    joined_at = p_now, first_job_id = coalesce(first_job_id, p_job_id)
  where id = p_setup_id returning * into v_setup;
  return jsonb_build_object(
    'setup', to_jsonb(v_setup),
    -- a job that asks again because the answer was lost has not been there before
    'resumed', coalesce(v_before.first_job_id <> p_job_id, false),
    'display_name', (select display_name from public.profiles where id = v_setup.owner_id)
  );
end;
$$;

-- p_change: the fields that change; null forgets one.
create function public.change_setup_draft(p_setup_id uuid, p_revision int, p_change jsonb, p_statuses text[])
returns jsonb language plpgsql set search_path = '' as $$
declare
  v_setup public.setup_conversations := public.lock_setup(p_setup_id, p_statuses);
  v_draft jsonb := jsonb_strip_nulls(v_setup.draft || p_change);
begin
  if v_setup.revision <> p_revision then
    raise exception 'stale_revision' using errcode = 'PT409', detail = v_setup.revision::text;
  end if;
  if v_draft is distinct from v_setup.draft then
    update public.setup_conversations set draft = v_draft, revision = revision + 1, updated_at = now()
    where id = p_setup_id returning * into v_setup;
  end if;
  return to_jsonb(v_setup);
end;
$$;

-- Makes the interview. Asked for again at the same revision, by voice, by hand or by both at once: the same interview.
create function public.confirm_setup(
  p_setup_id uuid, p_revision int, p_statuses text[], p_title text, p_parameters jsonb, p_questions jsonb, p_keys jsonb,
  p_source text
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_setup public.setup_conversations := public.lock_setup(p_setup_id, array_append(p_statuses, 'confirmed'));
  v_made jsonb;
begin
  if v_setup.status = 'confirmed' then
    if v_setup.revision <> p_revision then
      raise exception 'setup_over' using errcode = 'PT409';
    end if;
    return public.get_interview(v_setup.interview_id);
  end if;
  if v_setup.revision <> p_revision then
    raise exception 'stale_revision' using errcode = 'PT409', detail = v_setup.revision::text;
  end if;
  v_made := public.create_interview(v_setup.owner_id, p_title, p_parameters, p_questions, p_keys, p_source);
  update public.setup_conversations set
    status = 'confirmed', interview_id = (v_made #>> '{interview,id}')::uuid, updated_at = now()
  where id = p_setup_id;
  return v_made;
end;
$$;

create function public.abandon_setup(p_setup_id uuid, p_epoch int default null) returns void
language plpgsql set search_path = '' as $$
declare
  v_setup public.setup_conversations :=
    public.lock_setup(p_setup_id, '{live,confirmed,abandoned}'::text[]);
begin
  if v_setup.status <> 'live' then
    return;
  end if;
  if v_setup.job_epoch <> p_epoch then
    raise exception 'superseded' using errcode = 'PT409';
  end if;
  update public.setup_conversations set status = 'abandoned', updated_at = now() where id = p_setup_id;
end;
$$;

-- One page of a person's set-ups, newest first. Runs as its caller, like list_interviews.
create function public.list_setups(
  p_owner_id uuid, p_statuses text[], p_limit int, p_after_key timestamptz default null, p_after_id uuid default null
) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(page) order by page.created_at desc, page.id desc), '[]'::jsonb)
  from (
    select * from public.setup_conversations s
    where s.owner_id = p_owner_id
      and s.status = any (p_statuses)
      and (p_after_id is null or (s.created_at, s.id) < (p_after_key, p_after_id))
    order by s.created_at desc, s.id desc
    limit p_limit
  ) page;
$$;

revoke execute on function
  public.lock_setup(uuid, text[]),
  public.abandon_other_setups(uuid, uuid),
  public.create_setup(uuid, timestamptz),
  public.take_up_setup(uuid, timestamptz),
  public.raise_setup_epoch(uuid, int, timestamptz),
  public.join_setup(uuid, text, timestamptz),
  public.change_setup_draft(uuid, int, jsonb, text[]),
  public.confirm_setup(uuid, int, text[], text, jsonb, jsonb, jsonb, text),
  public.abandon_setup(uuid, int),
  public.list_setups(uuid, text[], int, timestamptz, uuid)
from public, anon, authenticated;
grant execute on function
  public.lock_setup(uuid, text[]),
  public.abandon_other_setups(uuid, uuid),
  public.create_setup(uuid, timestamptz),
  public.take_up_setup(uuid, timestamptz),
  public.raise_setup_epoch(uuid, int, timestamptz),
  public.join_setup(uuid, text, timestamptz),
  public.change_setup_draft(uuid, int, jsonb, text[]),
  public.confirm_setup(uuid, int, text[], text, jsonb, jsonb, jsonb, text),
  public.abandon_setup(uuid, int)
to service_role;
grant execute on function public.list_setups(uuid, text[], int, timestamptz, uuid) to authenticated, service_role;
