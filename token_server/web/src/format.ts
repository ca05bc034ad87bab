// Times and dates, in the browser's own language.
const dateFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dateTimeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

// Not broken inside a date or a time, but between the two.
export const formatDate = (iso: string) => unbroken(dateFormat.format(new Date(iso)));
export const formatTime = (iso: string) => unbroken(timeFormat.format(new Date(iso)));
export const formatDateTime = (iso: string) => dateTimeFormat.format(new Date(iso)).split(", ").map(unbroken).join(", ");

const unbroken = (text: string) => text.replaceAll(" ", "\u00a0");

/** What tells these moments apart: their dates, and of one day the times. */
export function formatterFor(isos: string[]): (iso: string) => string {
  const isOneDay = new Set(isos.map(formatDate)).size === 1;
  return isOneDay && isos.length > 1 ? formatTime : formatDate;
}

/** 83 → "1:23". */
export function formatClock(totalSec: number): string {
  const seconds = Math.max(0, Math.floor(totalSec));
  const rest = String(seconds % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}
