-- What was said about a job is kept in a field of its own until a yes puts it into the job description.

create or replace function public.forget_job_description(p_interview_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
  if not exists (select 1 from public.interviews where id = p_interview_id) then
    raise exception 'not_found' using errcode = 'PT404';
  end if;
  update public.plans set parameters = parameters - 'job_description'
  where interview_id = p_interview_id and parameters ? 'job_description';
  update public.setup_conversations set draft = draft - '{job_description,remarks}'::text[]
  where interview_id = p_interview_id and draft ?| '{job_description,remarks}'::text[];
end;
$$;
