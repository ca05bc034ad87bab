import { Alert, type AlertProps } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";

interface NoticeProps extends Omit<AlertProps, "color" | "icon"> {
  tone?: "problem" | "info";
}

/** A message in the flow of the page. A problem is announced at once. */
export function Notice({ tone = "problem", ...rest }: NoticeProps) {
  const Icon = tone === "problem" ? IconAlertTriangle : IconInfoCircle;
  return (
    <Alert
      role={tone === "problem" ? "alert" : "status"}
      color={tone === "problem" ? "red" : "spruce"}
      variant="light"
      icon={<Icon size={18} aria-hidden />}
      styles={{ message: { color: "var(--ink)" } }}
      {...rest}
    />
  );
}
