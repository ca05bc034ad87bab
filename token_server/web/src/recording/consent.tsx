import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { recordingTermsQuery } from "../api/recordings";
import { texts } from "../texts";

const words = texts.recording;

interface ConsentProps {
  given: boolean;
  disabled?: boolean;
  onChange: (given: boolean) => void;
}

/** Off until somebody has read what it means and wants it. */
export function Consent({ given, disabled, onChange }: ConsentProps) {
  const terms = useQuery(recordingTermsQuery);
  return (
    <Checkbox
      label={words.consent}
      // A non-breaking space keeps its line: what comes later pushes nothing down.
      description={terms.data ? words.consentNote(terms.data.kept_in, terms.data.retention_days) : "\u00a0"}
      disabled={disabled || !terms.data}
      checked={given}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
