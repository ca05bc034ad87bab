import type { Grader } from "../api/types";
import { formatDateTime } from "../format";
import { texts } from "../texts";
import classes from "./grader-facts.module.css";

const words = texts.report.grader;

interface GraderFactsProps {
  grader: Grader;
  correctedTurns: number;
  madeAt: string | null;
}

/** Who judged, in words, and everything one needs to compare two reports. */
export function GraderFacts({ grader, correctedTurns, madeAt }: GraderFactsProps) {
  const samples = grader.samples ?? 1;
  const isModel = grader.kind !== "on_device";
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [words.fallback, grader.fallback_reason],
    [words.model, grader.model],
    [words.samples, isModel ? String(samples) : null],
    [words.spread, typeof grader.spread === "number" ? words.spreadOf(Math.round(grader.spread)) : null],
    [words.rubric, grader.rubric_version],
    [words.prompt, versionInWords(grader.prompt_version)],
    [words.bank, grader.bank_version && versionInWords(grader.bank_version)],
    [words.made, madeAt && formatDateTime(madeAt)],
  ];
  return (
    <>
      <p className={classes.judge}>
        {judgeOf(grader, samples)}. {isModel ? words.llmNote : words.onDeviceNote}{" "}
        {correctedTurns > 0 && words.corrected(correctedTurns)}
      </p>
      <dl className={classes.facts}>
        {facts.map(
          ([label, fact]) =>
            fact && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{fact}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}

/** `templates:4`, `llm:some-model+bank:3`: where something comes from and its version. Any other is a version alone. */
function versionInWords(version: string): string {
  const parts = version.split("+").map((part) => {
    const at = part.indexOf(":");
    const origin = part.slice(0, Math.max(at, 0));
    return isOrigin(origin) ? words.origins[origin](part.slice(at + 1)) : part;
  });
  return parts.join(", ");
}

const isOrigin = (name: string): name is keyof typeof words.origins => Object.hasOwn(words.origins, name);

function judgeOf(grader: Grader, samples: number): string {
  switch (grader.kind) {
    case "on_device":
      return words.onDevice;
    case "llm":
      return words.llm(grader.model, samples);
    case "llm_with_on_device_fallback":
      return words.inPart(words.llm(grader.model, samples));
  }
}
