import { Alert, type AlertProps } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";

interface NoticeProps extends Omit<AlertProps, "color" | "icon"> {
  tone?: "problem" | "caution" | "info";
}

const MESSAGE = { color: "var(--ink)" };
const CAUTION = {
  root: { background: "var(--warn-soft)" },
  icon: { color: "var(--warn-ink)" },
  title: { color: "var(--warn-ink)" },
  message: MESSAGE,
};

/** A message in the flow of the page. A problem is announced at once. */
export function Notice({ tone = "problem", ...rest }: NoticeProps) {
  const Icon = tone === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert
      role={tone === "problem" ? "alert" : "status"}
      color={tone === "problem" ? "red" : "spruce"}
      variant="light"
      icon={<Icon size={18} aria-hidden />}
      styles={tone === "caution" ? CAUTION : { message: MESSAGE }}
      {...rest}
    />
  );
}
