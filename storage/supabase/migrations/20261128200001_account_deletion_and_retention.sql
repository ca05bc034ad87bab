-- Deleting for good, and keeping for so long and no longer. The names of functions that delete begin with `delete_` or
-- `forget_`: embedded Supabase erases the traces of deleted rows from its files after each call of one.

alter table public.profiles
  -- within a day: signing in and refreshing a session are noted, not every request
  add column last_seen_at timestamptz not null default now();
create index profiles_last_seen on public.profiles (last_seen_at);
create index attempts_ended on public.attempts (ended_at) where ended_at is not null;
create index setup_conversations_abandoned on public.setup_conversations (updated_at) where status = 'abandoned';

create function public.note_seen(p_user_id uuid, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update public.profiles set last_seen_at = p_now
  where id = p_user_id and last_seen_at < p_now - interval '1 day';
$$;

create or replace function public.delete_account(p_user_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email text;
begin
  delete from auth.users where id = p_user_id returning email into v_email;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  -- The auth service's own journal names the address and hangs on no row of the account.
  begin
    delete from auth.audit_log_entries
    where payload ->> 'actor_id' = p_user_id::text or payload ->> 'actor_username' = v_email;
  exception when undefined_table or insufficient_privilege then
    null; -- a hosted project may keep it elsewhere, or to itself
  end;
end;
$$;

-- Both return the ids of what went, oldest first, at most p_limit at once.
create function public.delete_ended_attempts(p_before timestamptz, p_limit int) returns jsonb
language sql set search_path = '' as $$
  with gone as (
    delete from public.attempts where id in (
      select id from public.attempts where ended_at < p_before order by ended_at limit p_limit
    )
    returning id
  )
  select coalesce(jsonb_agg(id), '[]'::jsonb) from gone;
$$;

create function public.delete_abandoned_setups(p_before timestamptz, p_limit int) returns jsonb
language sql set search_path = '' as $$
  with gone as (
    delete from public.setup_conversations where id in (
      select id from public.setup_conversations
      where status = 'abandoned' and updated_at < p_before order by updated_at limit p_limit
    )
    returning id
  )
  select coalesce(jsonb_agg(id), '[]'::jsonb) from gone;
$$;

-- Ids of accounts that nobody has used since then; the token server deletes each as its owner would.
create function public.list_idle_accounts(p_before timestamptz, p_limit int) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(id), '[]'::jsonb) from (
    select id from public.profiles p
    where last_seen_at < p_before
      and not exists (
        select 1 from public.attempts a where a.owner_id = p.id and a.status in ('planned', 'live'))
    order by last_seen_at limit p_limit
  ) idle;
$$;

revoke execute on function
  public.note_seen(uuid, timestamptz),
  public.delete_ended_attempts(timestamptz, int),
  public.delete_abandoned_setups(timestamptz, int),
  public.list_idle_accounts(timestamptz, int)
from public, anon, authenticated;
grant execute on function
  public.note_seen(uuid, timestamptz),
  public.delete_ended_attempts(timestamptz, int),
  public.delete_abandoned_setups(timestamptz, int),
  public.list_idle_accounts(timestamptz, int)
to service_role;
