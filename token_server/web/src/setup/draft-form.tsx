import { Button, Checkbox, NumberInput, TagsInput, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";

import type { DraftChange, SetupDraft } from "../api/types";
import { Choice } from "../components/choice";
import {
  MAX_QUESTIONS,
  MAX_REMARKS_LENGTH,
  MAX_ROLE_LENGTH,
  MAX_TECHNOLOGIES,
  MAX_TECHNOLOGY_LENGTH,
} from "../components/limits";
import { DocumentField } from "../documents/document-field";
import { ResumeField } from "../documents/resume-field";
import { texts } from "../texts";
import classes from "./draft-form.module.css";

const words = texts.setup.draft;
const labels = texts.newInterview;
const { vocabulary } = texts;

interface DraftFormProps {
  /** With what was typed and isn't stored yet. */
  draft: SetupDraft;
  stored: SetupDraft;
  onEdit: (fields: DraftChange) => void;
}

/** The draft as a form in which any field may still be open. It fills while the candidate talks. */
export function DraftForm({ draft, stored, onEdit }: DraftFormProps) {
  return (
    <div className={classes.form}>
      <Field value={stored.role}>
        <RoleField role={draft.role ?? null} onEdit={onEdit} />
      </Field>
      <Field value={stored.interview_type}>
        <Choice
          label={labels.type}
          description={draft.interview_type ? labels.typeHint[draft.interview_type] : words.open}
          names={vocabulary.type}
          value={draft.interview_type ?? null}
          onChange={(interview_type) => onEdit({ interview_type })}
        />
      </Field>
      <Field value={stored.level}>
        <Choice
          label={labels.level}
          description={draft.level ? words.levelHint : words.open}
          names={vocabulary.level}
          value={draft.level ?? null}
          onChange={(level) => onEdit({ level })}
        />
      </Field>
      <Field value={stored.question_count}>
        <NumberInput
          className={classes.count}
          label={labels.count}
          description={draft.question_count ? labels.countHint(draft.question_count) : words.open}
          min={1}
          max={MAX_QUESTIONS}
          clampBehavior="strict"
          allowDecimal={false}
          value={draft.question_count ?? ""}
          onChange={(count) => onEdit({ question_count: typeof count === "number" ? count : null })}
        />
      </Field>
      <Field value={stored.technologies}>
        <TechnologiesField technologies={draft.technologies ?? null} onEdit={onEdit} />
      </Field>
      <Field value={stored.tone}>
        <Choice
          label={labels.tone}
          description={labels.toneHint}
          names={vocabulary.tone}
          value={draft.tone ?? null}
          onChange={(tone) => onEdit({ tone })}
        />
      </Field>
      <Field value={stored.job_description}>
        <JobDescriptionField text={draft.job_description ?? null} onEdit={onEdit} />
      </Field>
      <Field value={stored.remarks}>
        <RemarksField text={draft.remarks ?? null} onEdit={onEdit} />
      </Field>
      <Field value={stored.use_resume}>
        <ResumeField used={draft.use_resume ?? false} onUse={(use_resume) => onEdit({ use_resume })} />
      </Field>
    </div>
  );
}

/** Lights up when its stored value becomes another one. */
function Field({ value, children }: { value: unknown; children: ReactNode }) {
  const now = JSON.stringify(value ?? null);
  const [first] = useState(now);
  return (
    <div className={classes.field}>
      {now !== first && <span key={now} className={classes.stored} aria-hidden="true" />}
      {children}
    </div>
  );
}

type Edit = Pick<DraftFormProps, "onEdit">;

function RoleField({ role, onEdit }: Edit & { role: string | null }) {
  const typed = useTyped(role);
  return (
    <TextInput
      label={labels.role}
      description={role ? labels.roleHint : words.open}
      placeholder={labels.rolePlaceholder}
      maxLength={MAX_ROLE_LENGTH}
      autoComplete="organization-title"
      {...typed.props}
      onChange={(event) => {
        const text = typed.set(event.currentTarget.value);
        onEdit({ role: text.trim() || null });
      }}
    />
  );
}

function TechnologiesField({ technologies, onEdit }: Edit & { technologies: string[] | null }) {
  const isNone = technologies?.length === 0;
  return (
    <>
      <TagsInput
        label={labels.technologies}
        description={technologies === null ? words.open : labels.technologiesHint}
        placeholder={technologies?.length ? undefined : labels.technologiesPlaceholder}
        splitChars={[",", ";"]}
        acceptValueOnBlur
        maxTags={MAX_TECHNOLOGIES}
        maxLength={MAX_TECHNOLOGY_LENGTH}
        value={technologies ?? []}
        onChange={(chosen) => onEdit({ technologies: chosen })}
      />
      <Checkbox
        className={classes.none}
        label={words.anyTechnologies}
        checked={isNone}
        onChange={(event) => onEdit({ technologies: event.currentTarget.checked ? [] : null })}
      />
    </>
  );
}

function JobDescriptionField({ text, onEdit }: Edit & { text: string | null }) {
  const [opened, setOpened] = useState(false);
  const typed = useTyped(text);
  if (!opened && text === null) {
    return (
      <Button
        variant="subtle"
        size="sm"
        className={classes.add}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {labels.addJobDescription}
      </Button>
    );
  }
  return (
    <DocumentField
      label={labels.jobDescription}
      description={labels.jobDescriptionHint}
      {...typed.props}
      onChange={(text) => {
        typed.set(text);
        onEdit({ job_description: text.trim() ? text : null });
      }}
    />
  );
}

/** What was said that no field is for. It is talk: there is nothing to type before something was said. */
function RemarksField({ text, onEdit }: Edit & { text: string | null }) {
  const [wasThere, setWasThere] = useState(text !== null);
  const typed = useTyped(text);
  if (text !== null && !wasThere) setWasThere(true);
  if (text === null && !wasThere) return null;
  return (
    <Textarea
      label={words.remarks}
      description={words.remarksHint}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={MAX_REMARKS_LENGTH}
      {...typed.props}
      onChange={(event) => {
        const changed = typed.set(event.currentTarget.value);
        onEdit({ remarks: changed.trim() ? changed : null });
      }}
    />
  );
}

/** While somebody types, a text stands as it is typed: the stored one has lost the space after the last word. */
function useTyped(stored: string | null) {
  const [typed, setTyped] = useState<string | null>(null);
  const isFocused = useRef(false);
  return {
    props: {
      value: typed ?? stored ?? "",
      onFocus: () => {
        isFocused.current = true;
      },
      onBlur: () => {
        isFocused.current = false;
        setTyped(null);
      },
    },
    set: (text: string) => {
      // Read from a file or cleared, it is the draft's: what is said about it afterwards must show.
      if (isFocused.current) setTyped(text);
      return text;
    },
  };
}
