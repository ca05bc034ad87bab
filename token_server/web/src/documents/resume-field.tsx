import { Button, Checkbox, Group, Input, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { resumeQuery, useDeleteResume, useKeepResume } from "../api/documents";
import { messageOf } from "../api/problem";
import { DangerButton } from "../components/danger-button";
import { Notice } from "../components/notice";
import { formatDate } from "../format";
import { texts } from "../texts";
import { DocumentField } from "./document-field";
import { Findings } from "./findings";
import classes from "./resume-field.module.css";

const words = texts.documents.resume;

interface ResumeFieldProps {
  /** Whether this interview uses it. */
  used: boolean;
  onUse: (used: boolean) => void;
}

/** The one résumé of a person: added, shown, changed, deleted; and whether this interview uses it. */
export function ResumeField({ used, onUse }: ResumeFieldProps) {
  const kept = useQuery(resumeQuery);
  const [written, setWritten] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const keep = useKeepResume();
  const remove = useDeleteResume();
  const resume = kept.data ?? null;

  if (kept.data === undefined) return null;
  if (written !== null) {
    return (
      <Stack gap="sm">
        <DocumentField label={words.text} description={words.hint} value={written} onChange={setWritten} />
        {keep.isError && <Notice>{messageOf(keep.error)}</Notice>}
        <Group gap="xs">
          <Button
            size="sm"
            disabled={!written.trim()}
            loading={keep.isPending}
            onClick={() =>
              keep.mutate(written, {
                onSuccess: () => {
                  setWritten(null);
                  onUse(true);
                },
              })
            }
          >
            {words.keep}
          </Button>
          <Button size="sm" variant="subtle" color="gray" onClick={() => setWritten(null)}>
            {words.cancel}
          </Button>
          {written.trim() && (
            <Text size="sm" c="dimmed">
              {words.notKept}
            </Text>
          )}
        </Group>
      </Stack>
    );
  }
  if (resume === null) {
    return (
      <Button
        variant="subtle"
        size="sm"
        className={classes.add}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setWritten("")}
      >
        {words.add}
      </Button>
    );
  }
  return (
    <Input.Wrapper size="md" label={words.title} labelElement="div" description={words.hint}>
      <Stack gap="sm" mt="xs">
        <Checkbox label={words.use} checked={used} onChange={(event) => onUse(event.currentTarget.checked)} />
        <Findings findings={resume.findings} />
        {remove.isError && <Notice>{messageOf(remove.error)}</Notice>}
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {sure ? words.removeSure : words.keptSince(formatDate(resume.updated_at))}
          </Text>
          {sure ? (
            <>
              <DangerButton
                size="compact-sm"
                loading={remove.isPending}
                onClick={() =>
                  remove.mutate(undefined, {
                    onSuccess: () => {
                      setSure(false);
                      onUse(false);
                    },
                  })
                }
              >
                {words.removeYes}
              </DangerButton>
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setSure(false)}>
                {words.removeNo}
              </Button>
            </>
          ) : (
            <>
              <Button size="compact-sm" variant="subtle" ml={-8} onClick={() => setWritten(resume.text)}>
                {words.show}
              </Button>
              <Button size="compact-sm" variant="subtle" c="var(--danger-ink)" onClick={() => setSure(true)}>
                {words.remove}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
