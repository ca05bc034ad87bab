-- A person's attempts that have feedback, newest first, each with what its newest feedback says that can be followed
-- over time; whole feedbacks of many attempts would be megabytes. Runs as its caller, like list_interviews: row-level
-- security decides what a person sees, p_owner_id only leads to the index.

create function public.list_assessed_attempts(p_owner_id uuid, p_limit int, p_interview_id uuid default null)
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

revoke execute on function public.list_assessed_attempts(uuid, int, uuid) from public, anon, authenticated;
grant execute on function public.list_assessed_attempts(uuid, int, uuid) to authenticated, service_role;
