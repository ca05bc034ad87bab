import { Button, Group, Stack, Textarea } from "@mantine/core";
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from "react";

import type { Correction } from "../api/corrections";
import type { TurnPart } from "../api/types";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import classes from "./transcript.module.css";

const words = texts.report.correction;
const MAX_LENGTH = 50_000;

interface CorrectionFieldProps {
  /** Of the turn; one, unless the interviewer began to speak into it. */
  parts: TurnPart[];
  saving: boolean;
  problem: string | null;
  onSave: (corrections: Correction[]) => void;
  onCancel: () => void;
}

export function CorrectionField({ parts, saving, problem, onSave, onCancel }: CorrectionFieldProps) {
  const [written, setWritten] = useState(() => parts.map(shownText));
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLTextAreaElement>(null);
  // What was said has no lines.
  const said = written.map((text) => text.replace(/\s+/g, " ").trim());

  useEffect(() => {
    first.current?.focus();
    first.current?.setSelectionRange(first.current.value.length, first.current.value.length);
  }, []);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    setTried(true);
    if (!saving && said.every(Boolean)) onSave(parts.flatMap((part, index) => correctionOf(part, said[index] ?? "")));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onCancel();
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        {parts.map((part, index) => (
          <Textarea
            key={part.seq}
            ref={index === 0 ? first : null}
            label={words.label(index + 1, parts.length)}
            description={index === 0 ? words.hint : null}
            error={tried && !said[index] ? words.empty : null}
            classNames={{ input: classes.field }}
            autosize
            minRows={2}
            maxLength={MAX_LENGTH}
            value={written[index] ?? ""}
            onChange={({ currentTarget }) => setWritten(written.with(index, currentTarget.value))}
            onKeyDown={onKeyDown}
          />
        ))}
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

const shownText = (part: TurnPart) => part.corrected_text ?? part.text;

/** None where nothing changed; back to what was recognised takes the correction back. */
function correctionOf(part: TurnPart, said: string): Correction[] {
  if (said === shownText(part)) return [];
  return [{ seq: part.seq, text: said === part.text ? null : said }];
}
