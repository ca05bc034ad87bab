import { Button, FileButton, Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileUpload, IconX } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { FocusEventHandler } from "react";

import { findingsQuery, readDocument } from "../api/documents";
import { messageOf } from "../api/problem";
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_LENGTH } from "../components/limits";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { Findings } from "./findings";

const words = texts.documents;
const ACCEPTED = ".pdf,.docx,.txt,.md,.markdown,application/pdf,text/plain,text/markdown";
const LOOK_AFTER_MS = 800;
/** Of a text in which there is something to find. */
const FEWEST_CHARACTERS = 30;

interface DocumentFieldProps {
  label: string;
  description: string;
  value: string;
  onChange: (text: string) => void;
  error?: string | null;
  onFocus?: FocusEventHandler;
  onBlur?: FocusEventHandler;
}

/** A text that is typed, pasted or read from a file; what was read can be changed like anything else. */
export function DocumentField({ label, description, value, onChange, error, onFocus, onBlur }: DocumentFieldProps) {
  const reading = useMutation({
    mutationFn: (file: File) => readDocument(file),
    onSuccess: (document) => onChange(document.text),
  });
  const file = reading.variables;
  const tooLarge = file !== undefined && file.size > MAX_DOCUMENT_BYTES;
  const read = (chosen: File | null) => chosen && reading.mutate(chosen);
  return (
    <Stack gap="xs">
      <Textarea
        label={label}
        description={description}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={MAX_DOCUMENT_LENGTH}
        disabled={reading.isPending}
        value={value}
        error={error}
        onFocus={onFocus}
        onBlur={onBlur}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <FileButton accept={ACCEPTED} onChange={read}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                loading={reading.isPending}
                leftSection={<IconFileUpload size={16} aria-hidden />}
              >
                {words.upload}
              </Button>
            )}
          </FileButton>
          {value && (
            <Button
              variant="subtle"
              color="gray"
              size="sm"
              leftSection={<IconX size={16} aria-hidden />}
              onClick={() => {
                reading.reset();
                onChange("");
              }}
            >
              {words.clear}
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {value ? words.characters(value.length.toLocaleString("en")) : words.uploadHint}
        </Text>
      </Group>
      <div role="status">
        {reading.isPending && (
          <>
            <Text size="sm">{words.reading(file?.name ?? "")}</Text>
            <Progress value={100} animated aria-hidden mt={6} />
          </>
        )}
        {reading.isSuccess && value && (
          <Text size="sm" c="dimmed">
            {words.readFrom(file?.name ?? "")}
          </Text>
        )}
      </div>
      {reading.isError && <Notice>{tooLarge ? words.tooLarge : messageOf(reading.error)}</Notice>}
      <FoundIn text={value} />
    </Stack>
  );
}

function FoundIn({ text }: { text: string }) {
  const [looked] = useDebouncedValue(text.trim(), LOOK_AFTER_MS);
  const found = useQuery({ ...findingsQuery(looked), enabled: looked.length >= FEWEST_CHARACTERS });
  return found.data && text.trim() ? <Findings findings={found.data} /> : null;
}
