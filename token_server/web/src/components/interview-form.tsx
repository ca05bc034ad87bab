import { Button, NumberInput, Slider, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";

import { resumeQuery } from "../api/documents";
import { ApiProblem, messageOf } from "../api/problem";
import type { NewInterview } from "../api/types";
import { DocumentField } from "../documents/document-field";
import { ResumeField } from "../documents/resume-field";
import { texts } from "../texts";
import { Choice } from "./choice";
import { FocusList } from "./focus-list";
import classes from "./interview-form.module.css";
import {
  MAX_DOCUMENT_LENGTH,
  MAX_QUESTIONS,
  MAX_ROLE_LENGTH,
  MAX_TECHNOLOGIES,
  MAX_TECHNOLOGY_LENGTH,
} from "./limits";
import { Notice } from "./notice";

const words = texts.newInterview;
const { vocabulary } = texts;

interface InterviewFormProps {
  initial: NewInterview;
  error: unknown;
  submit: (values: NewInterview) => void;
  submitButton: ReactNode;
}

/** What an interview is made of. */
export function InterviewForm({ initial, error, submit, submitButton }: InterviewFormProps) {
  const form = useForm({
    initialValues: {
      role: initial.role,
      interview_type: initial.interview_type,
      level: initial.level,
      technologies: initial.technologies ?? [],
      question_count: initial.question_count,
      tone: initial.tone ?? "neutral",
      job_description: initial.job_description ?? "",
      focus: initial.focus ?? [],
      use_resume: initial.use_resume ?? true,
    },
    validate: {
      role: (role) => (role.trim() ? null : texts.fields.required),
      technologies: checkTechnologies,
      question_count: (count) => (count >= 1 && count <= MAX_QUESTIONS ? null : words.countRange),
      job_description: (text) => (text.length <= MAX_DOCUMENT_LENGTH ? null : words.jobDescriptionLong),
    },
  });
  const [withJobDescription, setWithJobDescription] = useState(Boolean(initial.job_description));
  const values = form.getValues();
  const hasResume = Boolean(useQuery(resumeQuery).data);

  useEffect(() => {
    if (error instanceof ApiProblem) form.setErrors(error.fields);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the form object is new on every render
  }, [error]);

  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={form.onSubmit((filled) =>
        submit({
          ...filled,
          role: filled.role.trim(),
          job_description: filled.job_description.trim() || null,
          use_resume: filled.use_resume && hasResume,
        }),
      )}
    >
      {error !== null && error !== undefined && <Notice>{messageOf(error)}</Notice>}
      <FocusList areas={values.focus} onChange={(focus) => form.setFieldValue("focus", focus)} />
      <TextInput
        label={words.role}
        description={words.roleHint}
        placeholder={words.rolePlaceholder}
        maxLength={MAX_ROLE_LENGTH}
        autoComplete="organization-title"
        required
        withAsterisk={false}
        {...form.getInputProps("role")}
      />
      <Choice
        label={words.type}
        description={words.typeHint[values.interview_type]}
        names={vocabulary.type}
        {...form.getInputProps("interview_type")}
      />
      <Choice label={words.level} names={vocabulary.level} {...form.getInputProps("level")} />
      <TagsInput
        label={words.technologies}
        description={words.technologiesHint}
        placeholder={values.technologies.length ? undefined : words.technologiesPlaceholder}
        splitChars={[",", ";"]}
        acceptValueOnBlur
        maxTags={MAX_TECHNOLOGIES}
        {...form.getInputProps("technologies")}
      />
      <div className={classes.count}>
        <NumberInput
          label={words.count}
          description={words.countHint(values.question_count || 1)}
          min={1}
          max={MAX_QUESTIONS}
          clampBehavior="blur"
          allowDecimal={false}
          {...form.getInputProps("question_count")}
          onChange={(count) => form.setFieldValue("question_count", typeof count === "number" ? count : 0)}
        />
        <Slider
          className={classes.slider}
          min={1}
          max={MAX_QUESTIONS}
          label={null}
          thumbLabel={words.count}
          value={values.question_count}
          onChange={(count) => form.setFieldValue("question_count", count)}
        />
      </div>
      <Choice label={words.tone} description={words.toneHint} names={vocabulary.tone} {...form.getInputProps("tone")} />
      {withJobDescription ? (
        <DocumentField
          label={words.jobDescription}
          description={words.jobDescriptionHint}
          value={values.job_description}
          error={form.errors.job_description as string | undefined}
          onChange={(text) => form.setFieldValue("job_description", text)}
        />
      ) : (
        <Button
          variant="subtle"
          size="sm"
          className={classes.add}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setWithJobDescription(true)}
        >
          {words.addJobDescription}
        </Button>
      )}
      <ResumeField used={values.use_resume} onUse={(used) => form.setFieldValue("use_resume", used)} />
      <Stack align="flex-start" gap="xs">
        {submitButton}
      </Stack>
    </form>
  );
}

function checkTechnologies(technologies: string[]): string | null {
  if (technologies.length > MAX_TECHNOLOGIES) return words.technologiesTooMany;
  return technologies.some((name) => name.length > MAX_TECHNOLOGY_LENGTH) ? words.technologyTooLong : null;
}
