import { Alert, type AlertProps } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";

interface NoticeProps extends Omit<AlertProps, "color" | "icon"> {
  tone?: "problem" | "caution" | "info";
}

const MESSAGE = { color: "var(--ink)" };
const inTones = (background: string, ink: string) => ({
  root: { background },
  icon: { color: ink },
  title: { color: ink },
  message: MESSAGE,
});
const STYLES = {
  problem: inTones("var(--danger-soft)", "var(--danger-ink)"),
  caution: inTones("var(--warn-soft)", "var(--warn-ink)"),
  info: { message: MESSAGE },
};

/** A message in the flow of the page. A problem is announced at once. */
export function Notice({ tone = "problem", ...rest }: NoticeProps) {
  const Icon = tone === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert
      role={tone === "problem" ? "alert" : "status"}
      color="spruce"
      variant="light"
      icon={<Icon size={18} aria-hidden />}
      styles={STYLES[tone]}
      {...rest}
    />
  );
}
