import { Input, SegmentedControl, Text } from "@mantine/core";

interface ChoiceProps<Value extends string> {
  label: string;
  description?: string;
  names: Readonly<Record<Value, string>>;
  /** Null: nothing is chosen yet. */
  value?: Value | null;
  disabled?: boolean;
  onChange?: (value: Value) => void;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ label, description, names, value, disabled, onChange }: ChoiceProps<Value>) {
  return (
    <Input.Wrapper label={label} size="md" labelElement="div">
      <SegmentedControl
        fullWidth
        size="md"
        mt={6}
        aria-label={label}
        disabled={disabled}
        data={Object.entries<string>(names).map(([option, name]) => ({ value: option as Value, label: name }))}
        // Mantine chooses the first by itself where it is given nothing.
        value={value ?? ("" as Value)}
        onChange={(chosen) => onChange?.(chosen)}
      />
      {description && (
        <Text size="sm" c="dimmed" mt={6} aria-live="polite">
          {description}
        </Text>
      )}
    </Input.Wrapper>
  );
}
