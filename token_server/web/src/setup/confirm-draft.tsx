import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useForgetInterviews } from "../api/interviews";
import { isProblem, messageOf } from "../api/problem";
import { confirmSetup, setupQuery } from "../api/setups";
import type { SetupDetail, SetupDraft, SetupField } from "../api/types";
import { Notice } from "../components/notice";
import { texts } from "../texts";

const words = texts.setup.draft;
const FIELDS = Object.keys(words.fields) as SetupField[];

interface ConfirmDraftProps {
  setup: SetupDetail;
  /** As it is shown. */
  draft: SetupDraft;
  /** Stores what was typed; false when it couldn't. */
  store: () => Promise<boolean>;
  onMade: (interviewId: string) => void;
}

/** The yes by hand. It counts for the draft that is shown: one that changed meanwhile is shown first. */
export function ConfirmDraft({ setup, draft, store, onMade }: ConfirmDraftProps) {
  const queries = useQueryClient();
  const forgetInterviews = useForgetInterviews();
  const [changed, setChanged] = useState(false);
  const query = setupQuery(setup.id);
  const missing = FIELDS.filter((field) => setup.missing.includes(field) && (draft[field] ?? null) === null);
  const confirm = useMutation({
    mutationFn: async () => {
      setChanged(false);
      if (!(await store())) return;
      const now = await queries.query({ ...query, staleTime: "static" });
      if (!isSame(now.draft, draft)) {
        setChanged(true);
        return;
      }
      const interview = await confirmSetup(setup.id, now.revision);
      void forgetInterviews();
      onMade(interview.id);
    },
    onError: (error) => {
      if (isProblem(error, "stale_revision")) setChanged(true);
      void queries.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  const isStale = isProblem(confirm.error, "stale_revision");
  return (
    <Stack gap="xs" align="flex-start">
      {confirm.error !== null && !isStale && <Notice>{messageOf(confirm.error)}</Notice>}
      {changed && <Notice tone="info">{words.changedMeanwhile}</Notice>}
      <Button
        size="lg"
        w={{ base: "100%", xs: "auto" }}
        disabled={missing.length > 0}
        loading={confirm.isPending}
        aria-describedby="still-open"
        onClick={() => confirm.mutate()}
      >
        {words.confirm}
      </Button>
      <Text id="still-open" size="sm" c="dimmed" role="status">
        {missing.length > 0 ? words.stillOpen(missing.map((field) => words.fields[field]).join(", ")) : words.complete}
      </Text>
    </Stack>
  );
}

function isSame(one: SetupDraft, other: SetupDraft): boolean {
  return FIELDS.every((field) => JSON.stringify(one[field] ?? null) === JSON.stringify(other[field] ?? null));
}
