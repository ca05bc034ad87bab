import { useConnectionQualityIndicator, useLocalParticipant } from "@livekit/components-react";
import {
  IconAntennaBars1,
  IconAntennaBars2,
  IconAntennaBars3,
  IconAntennaBars5,
  IconAntennaBarsOff,
} from "@tabler/icons-react";
import { ConnectionQuality as Quality } from "livekit-client";

import { texts } from "../texts";
import classes from "./connection-quality.module.css";

const words = texts.room.connection;
const ICONS = {
  unknown: IconAntennaBars1,
  lost: IconAntennaBarsOff,
  poor: IconAntennaBars2,
  good: IconAntennaBars3,
  excellent: IconAntennaBars5,
};

/** As LiveKit's server measures it. What is weak is said in words as well. */
export function ConnectionQuality() {
  const { localParticipant } = useLocalParticipant();
  const { quality } = useConnectionQualityIndicator({ participant: localParticipant });
  const Icon = ICONS[quality];
  const isWeak = quality === Quality.Poor || quality === Quality.Lost;
  return (
    <span
      className={classes.quality}
      role="status"
      title={isWeak ? words.poorNote : words[quality]}
      data-weak={isWeak}
      data-quality={quality}
      data-testid="connection-quality"
    >
      <Icon size={20} aria-hidden />
      <span className={isWeak ? classes.words : "visually-hidden"}>{words[quality]}</span>
    </span>
  );
}
