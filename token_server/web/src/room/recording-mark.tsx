import { texts } from "../texts";
import classes from "./recording-mark.module.css";

const words = texts.recording;

/** Shown while the interviewer's side says that it records. */
export function RecordingMark() {
  return (
    <span className={classes.mark} title={words.nowLong} data-testid="recording-mark">
      <span className={classes.dot} aria-hidden="true" />
      {words.now}
    </span>
  );
}
