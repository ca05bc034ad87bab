-- An interview with its plans.
-- Refusals are raised with the API's problem code as the message; an errcode PTnnn becomes the HTTP status nnn.

create function public.set_search_text() returns trigger language plpgsql set search_path = '' as $$
begin
  new.search_text := lower(concat_ws(e'\n', new.title, new.role, array_to_string(new.technologies, e'\n')));
  return new;
end;
$$;
create trigger interviews_search_text before insert or update on public.interviews
  for each row execute function public.set_search_text();

create function public.create_interview(
  p_owner_id uuid, p_title text, p_parameters jsonb, p_questions jsonb, p_keys jsonb, p_source text
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_interview public.interviews;
  v_plan public.plans;
begin
  if not exists (select 1 from public.profiles where id = p_owner_id) then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  insert into public.interviews (owner_id, title, role, interview_type, level, technologies, current_plan_id)
  values (
    p_owner_id, p_title, p_parameters ->> 'role', p_parameters ->> 'interview_type', p_parameters ->> 'level',
    array(select jsonb_array_elements_text(p_parameters -> 'technologies')), gen_random_uuid()
  ) returning * into v_interview;
  insert into public.plans (id, interview_id, owner_id, version, parameters, questions, source)
  values (
    v_interview.current_plan_id, v_interview.id, p_owner_id, 1, p_parameters, p_questions, p_source
  ) returning * into v_plan;
  insert into public.plan_keys (plan_id, keys) values (v_plan.id, p_keys);
  return jsonb_build_object('interview', to_jsonb(v_interview), 'plan', to_jsonb(v_plan));
end;
$$;

create function public.add_plan(
  p_interview_id uuid, p_parameters jsonb, p_questions jsonb, p_keys jsonb, p_source text
) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_interview public.interviews;
  v_plan public.plans;
begin
  -- the lock makes versions of simultaneous calls ascend
  select * into v_interview from public.interviews where id = p_interview_id for update;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  insert into public.plans (interview_id, owner_id, version, parameters, questions, source)
  values (
    p_interview_id, v_interview.owner_id,
    (select max(version) + 1 from public.plans where interview_id = p_interview_id),
    p_parameters, p_questions, p_source
  ) returning * into v_plan;
  insert into public.plan_keys (plan_id, keys) values (v_plan.id, p_keys);
  update public.interviews set
    current_plan_id = v_plan.id,
    role = p_parameters ->> 'role',
    interview_type = p_parameters ->> 'interview_type',
    level = p_parameters ->> 'level',
    technologies = array(select jsonb_array_elements_text(p_parameters -> 'technologies'))
  where id = p_interview_id;
  return to_jsonb(v_plan);
end;
$$;

create function public.get_interview(p_interview_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('interview', to_jsonb(i), 'plan', to_jsonb(p))
  from public.interviews i join public.plans p on p.id = i.current_plan_id
  where i.id = p_interview_id;
$$;

-- One page of a person's interviews, each with its current plan and attempts. Runs as its caller: row-level security
-- decides what a person sees, p_owner_id only leads to the index. The page after the row (p_after_key, p_after_id), whose key is its time or its sort_title.
create function public.list_interviews(
  p_owner_id uuid, p_sort text, p_limit int, p_after_key text default null, p_after_id uuid default null, p_q text default null,
  p_role text default null, p_interview_type text default null, p_level text default null,
  p_interview_id uuid default null
) returns jsonb language sql stable set search_path = '' as $$
  with page as (
    select i.*, row_number() over (
      order by
        case when p_sort = 'newest' then i.created_at end desc,
        case when p_sort = 'newest' then i.id end desc,
        case when p_sort = 'oldest' then i.created_at end,
        case when p_sort = 'title' then i.sort_title end,
        i.id
    ) as place
    from public.interviews i
    where i.owner_id = p_owner_id
      and (p_interview_id is null or i.id = p_interview_id)
      and (p_q is null or strpos(i.search_text, lower(p_q)) > 0)
      and (p_role is null or lower(i.role) = lower(p_role))
      and (p_interview_type is null or i.interview_type = p_interview_type)
      and (p_level is null or i.level = p_level)
      and case
        when p_after_id is null then true
        when p_sort = 'newest' then (i.created_at, i.id) < (p_after_key::timestamptz, p_after_id)
        when p_sort = 'oldest' then (i.created_at, i.id) > (p_after_key::timestamptz, p_after_id)
        else (i.sort_title, i.id) > (p_after_key collate "C", p_after_id)
      end
    order by place
    limit p_limit
  )
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'interview', to_jsonb(page) - 'search_text' - 'place',
        'plan', to_jsonb(p),
        'attempts', coalesce(sat.attempts, '[]'::jsonb)
      ) order by page.place
    ),
    '[]'::jsonb
  )
  from page
  join public.plans p on p.id = page.current_plan_id
  left join lateral (
    select jsonb_agg(
      jsonb_build_object(
        'attempt', to_jsonb(a), 'overall_score', f.overall_score, 'assessment_status', s.status
      ) order by a.number desc
    ) as attempts
    from public.attempts a
    left join lateral (
      select status from public.assessments where attempt_id = a.id order by created_at desc limit 1
    ) s on true
    left join lateral (
      select overall_score from public.feedback where attempt_id = a.id order by created_at desc limit 1
    ) f on true
    where a.interview_id = page.id
  ) sat on true;
$$;

revoke execute on function
  public.set_search_text(),
  public.create_interview(uuid, text, jsonb, jsonb, jsonb, text),
  public.add_plan(uuid, jsonb, jsonb, jsonb, text),
  public.get_interview(uuid),
  public.list_interviews(uuid, text, int, text, uuid, text, text, text, text, uuid)
from public, anon, authenticated;
grant execute on function
  public.create_interview(uuid, text, jsonb, jsonb, jsonb, text),
  public.add_plan(uuid, jsonb, jsonb, jsonb, text),
  public.get_interview(uuid)
to service_role;
grant execute on function
  public.list_interviews(uuid, text, int, text, uuid, text, text, text, text, uuid)
to authenticated, service_role;
