import { Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";

import { progressQuery } from "../api/growth";
import { interviewQuery, useCreateInterview } from "../api/interviews";
import type { InterviewType, NewInterview } from "../api/types";
import { InterviewForm } from "../components/interview-form";
import { useTitle } from "../components/use-title";
import { TellInterviewer } from "../setup/tell-interviewer";
import { UnfinishedSetups } from "../setup/unfinished-setups";
import { texts } from "../texts";

const words = texts.newInterview;

const BLANK: NewInterview = {
  role: "",
  interview_type: "mixed",
  level: "mid",
  technologies: [],
  question_count: 5,
  tone: "neutral",
  job_description: null,
  focus: [],
};

const isType = (name: string | null): name is InterviewType => name !== null && Object.hasOwn(texts.vocabulary.type, name);

/** `?like=` takes over another interview, `?type=` sets the kind of questions, `?focus=weakest` what to practise. */
export function Page() {
  useTitle(words.title);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const likeId = search.get("like");
  const like = useQuery({ ...interviewQuery(likeId ?? ""), enabled: likeId !== null });
  const type = search.get("type");
  const progress = useQuery({ ...progressQuery, enabled: search.get("focus") === "weakest" });
  const areas = progress.data?.practice?.areas ?? [];
  const focus = areas.map(({ text, question_ids }) => ({ text, question_ids }));
  const create = useCreateInterview();
  return (
    <Stack gap="xl" maw="var(--reading-width)" mx="auto">
      <div>
        <Title order={1}>{words.title}</Title>
        <Text c="dimmed" mt={6}>
          {words.lead}
        </Text>
      </div>
      {likeId === null && (
        <>
          <TellInterviewer />
          <UnfinishedSetups />
          <Title order={2} mb="calc(var(--mantine-spacing-md) * -1)">
            {texts.setup.tell.orForm}
          </Title>
        </>
      )}
      {like.isLoading || progress.isLoading ? (
        <Center mih="20rem">
          <Loader type="dots" />
        </Center>
      ) : (
        <InterviewForm
          initial={{ ...(like.data ?? BLANK), focus, ...(isType(type) && { interview_type: type }) }}
          error={create.error}
          submit={(values) =>
            create.mutate(values, {
              onSuccess: (interview) => void navigate(`/interviews/${interview.id}/start`),
            })
          }
          submitButton={
            <>
              <Button type="submit" size="lg" loading={create.isPending} w={{ base: "100%", xs: "auto" }} miw="12rem">
                {words.submit}
              </Button>
              <Text size="sm" c="dimmed">
                {words.next}
              </Text>
            </>
          }
        />
      )}
    </Stack>
  );
}
