import { useState } from "react";

/** What was taken out of a list before the service has, by id. It can come back. */
export function useHidden() {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  return {
    hidden,
    hide: (id: string) => setHidden((before) => new Set(before).add(id)),
    show: (id: string) => setHidden((before) => new Set([...before].filter((other) => other !== id))),
  };
}
