import { NativeSelect } from "@mantine/core";

import type { FeedbackVersion } from "../api/types";
import { formatDateTime } from "../format";
import { texts } from "../texts";

const words = texts.report.versions;

interface VersionChoiceProps {
  /** Newest first. */
  versions: FeedbackVersion[];
  chosen: string | null;
  onChoose: (assessmentId: string | null) => void;
}

/** Every report of the attempt stays; null is the newest. */
export function VersionChoice({ versions, chosen, onChoose }: VersionChoiceProps) {
  const newest = versions[0]?.assessment_id;
  return (
    <NativeSelect
      aria-label={words.label}
      w={{ base: "100%", xs: "auto" }}
      data={versions.map((version, index) => {
        const name = words.name(versions.length - index, versions.length, formatDateTime(madeAt(version)));
        const status = words.status[version.status];
        return { value: version.assessment_id, label: status ? `${name} · ${status}` : name };
      })}
      value={chosen ?? newest}
      onChange={(event) => onChoose(event.currentTarget.value === newest ? null : event.currentTarget.value)}
    />
  );
}

export const madeAt = (version: FeedbackVersion) => version.finished_at ?? version.created_at;
