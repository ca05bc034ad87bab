import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";

/** Says at a field what the service refused it for, and leads there whoever is elsewhere or doesn't see it. */
export function refuseField<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  field: keyof Values & string,
  why: ReactNode,
) {
  form.setFieldError(field, why);
  form.getInputNode(field)?.focus();
}
