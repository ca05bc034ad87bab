import { Button, Stack, Text, Title } from "@mantine/core";

import { useDeleteJobDescription } from "../api/documents";
import { messageOf } from "../api/problem";
import type { InterviewDetail, QuestionReason } from "../api/types";
import { Notice } from "../components/notice";
import { texts } from "../texts";

const words = texts.documents.chosen;
const KINDS = Object.keys(words.because) as QuestionReason["because"][];

/** What the documents had to do with the choice of questions, and how to take the job description back. */
export function ChosenFor({ interview }: { interview: InterviewDetail }) {
  const forget = useDeleteJobDescription(interview.id);
  const reasons = interview.questions.flatMap(({ reason }) => reason ?? []);
  if (reasons.length === 0 && !interview.job_description) return null;
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        {words.title}
      </Title>
      <Stack gap="xs" align="flex-start">
        {KINDS.map((because) => {
          const names = [...new Set(reasons.filter((one) => one.because === because).map(({ name }) => texts.documents.subject(name)))];
          return (
            names.length > 0 && (
              <Text key={because} c="dimmed">
                {words.because[because]} {names.join(", ")}.
              </Text>
            )
          );
        })}
        {interview.job_description && (
          <>
            <Text c="dimmed">
              {words.kept} {words.forgetNote}
            </Text>
            <Button size="compact-sm" variant="subtle" c="var(--danger-ink)" ml={-8} loading={forget.isPending} onClick={() => forget.mutate()}>
              {words.forget}
            </Button>
          </>
        )}
        {forget.isError && <Notice>{messageOf(forget.error)}</Notice>}
      </Stack>
    </section>
  );
}
