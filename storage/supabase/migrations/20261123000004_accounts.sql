-- Signing up makes the profile; deleting an account takes everything with it.

create function public.create_profile() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, display_name)
  values (
    new.id,
    coalesce(
      nullif(left(btrim(new.raw_user_meta_data ->> 'display_name'), 100), ''),
      nullif(left(split_part(new.email, '@', 1), 100), ''),
      'Candidate'
    )
  );
  return new;
end;
$$;

create trigger on_auth_user_created after insert on auth.users
  for each row execute function public.create_profile();

-- Definer, because service_role may not write the auth schema, and embedded Supabase has no auth.admin.
create function public.delete_account(p_user_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.users where id = p_user_id;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
end;
$$;

create function public.export_account(p_user_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select 1 from public.profiles where id = p_user_id) then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  return jsonb_build_object(
    'profiles', (select jsonb_agg(to_jsonb(t)) from public.profiles t where t.id = p_user_id),
    'interviews', (
      select coalesce(jsonb_agg(to_jsonb(t) - 'search_text' - 'sort_title' order by t.created_at), '[]'::jsonb)
      from public.interviews t where t.owner_id = p_user_id),
    'plans', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]'::jsonb)
      from public.plans t where t.owner_id = p_user_id),
    'attempts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]'::jsonb)
      from public.attempts t where t.owner_id = p_user_id),
    'turns', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.attempt_id, t.seq), '[]'::jsonb)
      from public.turns t where t.owner_id = p_user_id),
    'turn_corrections', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.attempt_id, t.seq), '[]'::jsonb)
      from public.turn_corrections t where t.owner_id = p_user_id),
    'assessments', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]'::jsonb)
      from public.assessments t where t.owner_id = p_user_id),
    'feedback', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]'::jsonb)
      from public.feedback t where t.owner_id = p_user_id),
    'setup_conversations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]'::jsonb)
      from public.setup_conversations t where t.owner_id = p_user_id)
  );
end;
$$;

revoke execute on function
  public.create_profile(), public.delete_account(uuid), public.export_account(uuid)
from public, anon, authenticated;
grant execute on function public.delete_account(uuid), public.export_account(uuid) to service_role;
