// Errors without what people wrote. The server logs each error of the database with the parameters of its statement, and
// Postgres itself puts values into its messages: both hold turns, names and job descriptions.

const BUGS = ["TypeError", "ReferenceError", "RangeError"]; // their messages name code, not values
const FRAMES = 4;

/** One line about a failed statement, a few about anything else. */
export function withoutContent(part) {
  if (!(part instanceof Error)) return typeof part === "string" ? part : typeof part;
  if (part.severity) {
    const [, sqlFunction] = /function ([\w.]+)\(/.exec(part.where ?? "") ?? [];
    return `database error ${part.code}${sqlFunction ? ` in ${sqlFunction}` : ""} (${part.routine ?? "unknown"})`;
  }
  const about = BUGS.includes(part.name) ? `: ${part.message}` : "";
  const frames = (part.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return [`${part.name}${about}`, ...frames.slice(0, FRAMES)].join("\n");
}

export function logErrorsWithoutContent() {
  const write = console.error.bind(console);
  console.error = (...parts) => write(parts.map(withoutContent).join(" "));
}
