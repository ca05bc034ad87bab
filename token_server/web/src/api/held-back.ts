// Calls that are held back for a change of mind. They are made at the latest when the page or the session ends.

export interface HeldBackCall {
  makeNow: () => Promise<unknown>;
  cancel: () => void;
}

const heldBack = new Set<HeldBackCall>();

/** `call` never rejects: there may be nobody left to tell. What it sends outlives the page only with `keepalive`. */
export function holdBack(call: () => Promise<unknown>, delayMs: number): HeldBackCall {
  let made: Promise<unknown> | null = null;
  const held: HeldBackCall = {
    makeNow: () => {
      window.clearTimeout(timer);
      made ??= call().finally(() => heldBack.delete(held));
      return made;
    },
    cancel: () => {
      window.clearTimeout(timer);
      heldBack.delete(held);
    },
  };
  const timer = window.setTimeout(() => void held.makeNow(), delayMs);
  heldBack.add(held);
  return held;
}

/** Resolves when all are answered, those too that were on their way. */
export const makeHeldBackCalls = () => Promise.all([...heldBack].map(({ makeNow }) => makeNow()));

// Closed, reloaded, or left for another site.
window.addEventListener("pagehide", () => void makeHeldBackCalls());
