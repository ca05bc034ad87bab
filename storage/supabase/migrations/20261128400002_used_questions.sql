-- What fresh questions keep clear of: the questions of all plans of an interview and of its owner's other interviews for
-- the same role, oldest first.
create function public.used_questions(p_interview_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_interview public.interviews;
begin
  select * into v_interview from public.interviews where id = p_interview_id;
  if not found then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  return (
    select coalesce(jsonb_agg(q.question order by p.created_at, p.version, q.place), '[]'::jsonb)
    from public.interviews i
    join public.plans p on p.interview_id = i.id
    cross join lateral jsonb_array_elements(p.questions) with ordinality as q (question, place)
    where i.owner_id = v_interview.owner_id and (i.id = p_interview_id or lower(i.role) = lower(v_interview.role))
  );
end;
$$;

revoke execute on function public.used_questions(uuid) from public, anon, authenticated;
grant execute on function public.used_questions(uuid) to service_role;
