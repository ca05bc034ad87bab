// What the server's clock says. The browser's own may be wrong, or be set meanwhile; its monotonic one goes on.

let aheadOfMonotonicMs: number | null = null;

/** An answer's date is cut to the second and then takes its way here: the latest that was ever told is the nearest. */
export function noteServerTime({ headers }: Response): void {
  const toldMs = Date.parse(headers.get("Date") ?? "");
  if (Number.isNaN(toldMs)) return;
  aheadOfMonotonicMs = Math.max(aheadOfMonotonicMs ?? -Infinity, toldMs - performance.now());
}

/** At a moment of the monotonic clock. The browser's clock as long as no answer has told the time. */
export const serverMsAt = (monotonicMs: number) =>
  aheadOfMonotonicMs === null ? Date.now() - performance.now() + monotonicMs : aheadOfMonotonicMs + monotonicMs;

export const serverNowMs = () => serverMsAt(performance.now());
