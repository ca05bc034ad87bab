import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import { Notice } from "../components/notice";
import { texts } from "../texts";
import classes from "./transcript.module.css";

const words = texts.report.correction;
const MAX_LENGTH = 50_000;

interface CorrectionFieldProps {
  initial: string;
  saving: boolean;
  problem: string | null;
  onSave: (text: string) => void;
  onCancel: () => void;
}

export function CorrectionField({ initial, saving, problem, onSave, onCancel }: CorrectionFieldProps) {
  const [text, setText] = useState(initial);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  // What was said has no lines.
  const said = text.replace(/\s+/g, " ").trim();

  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (said && !saving) onSave(said);
      }}
    >
      <Stack gap="sm">
        <Textarea
          ref={field}
          label={words.label}
          description={words.hint}
          error={tried && !said ? words.empty : null}
          classNames={{ input: classes.field }}
          autosize
          minRows={2}
          maxLength={MAX_LENGTH}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onCancel();
          }}
        />
        {problem !== null && <Notice>{problem}</Notice>}
        <Group gap="xs">
          <Button type="submit" size="sm" loading={saving}>
            {words.save}
          </Button>
          <Button size="sm" variant="subtle" color="gray" onClick={onCancel}>
            {words.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
