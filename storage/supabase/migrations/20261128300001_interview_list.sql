-- The list of interviews can be narrowed by technology and by what has become of an interview, and sorted by when it was
-- last taken and by its best score. Progress follows how somebody spoke, too.

drop function public.list_interviews(uuid, text, int, text, uuid, text, text, text, text, uuid);

-- One page of a person's interviews, each with its current plan and attempts. Runs as its caller: row-level security
-- decides what a person sees, p_owner_id only leads to the index. The page after the row (p_after_key, p_after_id), whose
-- key is what p_sort goes by: a time, its sort_title, or its best score (-1 without one).
create function public.list_interviews(
  p_owner_id uuid, p_sort text, p_limit int, p_after_key text default null, p_after_id uuid default null, p_q text default null,
  p_role text default null, p_interview_type text default null, p_level text default null,
  p_interview_id uuid default null, p_technology text default null, p_status text default null
) returns jsonb language sql stable set search_path = '' as $$
  with page as (
    select i.*, taken.last_taken_at, taken.best_score, row_number() over (
      order by
        case when p_sort = 'newest' then i.created_at end desc,
        case when p_sort = 'oldest' then i.created_at end,
        case when p_sort = 'title' then i.sort_title end,
        case when p_sort = 'recent' then taken.last_taken_at end desc,
        case when p_sort = 'best' then taken.best_score end desc,
        case when p_sort in ('newest', 'recent', 'best') then i.id end desc,
        i.id
    ) as place
    from public.interviews i
    cross join lateral (
      select
        coalesce(max(a.created_at), i.created_at) as last_taken_at,
        coalesce(max(f.overall_score), -1) as best_score,
        count(a.id) as attempts,
        coalesce(bool_or(a.status in ('planned', 'live')), false) as is_open,
        count(f.attempt_id) as reports
      from public.attempts a
      left join lateral (
        select attempt_id, overall_score from public.feedback where attempt_id = a.id order by created_at desc limit 1
      ) f on true
      where a.interview_id = i.id
        -- looked at only by those who ask for it
        and (p_sort in ('recent', 'best') or p_status is not null)
    ) taken
    where i.owner_id = p_owner_id
      and (p_interview_id is null or i.id = p_interview_id)
      and (p_q is null or strpos(i.search_text, lower(p_q)) > 0)
      and (p_role is null or lower(i.role) = lower(p_role))
      and (p_interview_type is null or i.interview_type = p_interview_type)
      and (p_level is null or i.level = p_level)
      and (p_technology is null or exists (
        select from unnest(i.technologies) as t (name) where lower(t.name) = lower(p_technology)
      ))
      and case p_status
        when 'new' then taken.attempts = 0
        when 'open' then taken.is_open
        when 'reported' then taken.reports > 0
        else true
      end
      and case
        when p_after_id is null then true
        when p_sort = 'newest' then (i.created_at, i.id) < (p_after_key::timestamptz, p_after_id)
        when p_sort = 'oldest' then (i.created_at, i.id) > (p_after_key::timestamptz, p_after_id)
        when p_sort = 'recent' then (taken.last_taken_at, i.id) < (p_after_key::timestamptz, p_after_id)
        when p_sort = 'best' then (taken.best_score, i.id) < (p_after_key::int, p_after_id)
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

-- What a person's interviews are about, each once however it was written, by the alphabet. Runs as its caller.
create function public.list_technologies(p_owner_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(named.name order by lower(named.name) collate "C"), '[]'::jsonb)
  from (
    select min(t.name) as name
    from public.interviews i, unnest(i.technologies) as t (name)
    where i.owner_id = p_owner_id
    group by lower(t.name)
  ) named;
$$;

create or replace function public.list_assessed_attempts(p_owner_id uuid, p_limit int, p_interview_id uuid default null)
returns jsonb language sql stable set search_path = '' as $$
  with newest as (
    select a.id, a.interview_id, a.plan_id, a.number, a.ended_at, a.created_at, f.assessment_id
    from public.attempts a
    join lateral (
      select assessment_id from public.feedback where attempt_id = a.id order by created_at desc limit 1
    ) f on true
    where a.owner_id = p_owner_id
      and a.ended_at is not null
      and (p_interview_id is null or a.interview_id = p_interview_id)
    order by a.ended_at desc, a.created_at desc, a.id desc
    limit p_limit
  )
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'attempt_id', n.id,
        'interview_id', n.interview_id,
        'title', i.title,
        'number', n.number,
        'ended_at', n.ended_at,
        'interview_type', p.parameters -> 'interview_type',
        'level', p.parameters -> 'level',
        'assessment_id', n.assessment_id,
        'overall_score', f.overall_score,
        'scores', (
          select jsonb_object_agg(c.item ->> 'category', c.item -> 'score')
          from jsonb_array_elements(f.body -> 'categories') as c (item)),
        'areas', (
          select coalesce(jsonb_agg(a.item - 'evidence' order by a.place), '[]'::jsonb)
          from jsonb_array_elements(f.body -> 'areas_for_improvement') with ordinality as a (item, place)),
        'delivery', f.body -> 'delivery',
        'grader', f.body -> 'grader'
      ) order by n.ended_at desc, n.created_at desc, n.id desc
    ),
    '[]'::jsonb
  )
  from newest n
  join public.feedback f on f.assessment_id = n.assessment_id
  join public.interviews i on i.id = n.interview_id
  join public.plans p on p.id = n.plan_id;
$$;

revoke execute on function
  public.list_interviews(uuid, text, int, text, uuid, text, text, text, text, uuid, text, text),
  public.list_technologies(uuid)
from public, anon, authenticated;
grant execute on function
  public.list_interviews(uuid, text, int, text, uuid, text, text, text, text, uuid, text, text),
  public.list_technologies(uuid)
to authenticated, service_role;
