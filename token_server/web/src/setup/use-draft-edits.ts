import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { isProblem } from "../api/problem";
import { setupQuery, storeFields } from "../api/setups";
import type { DraftChange } from "../api/types";

const STORE_AFTER_MS = 500;
const STORE_AGAIN_MS = 3_000;

/**
 * What is edited by hand: shown at once over the stored draft, and stored a moment later, one request at a time. A field
 * that couldn't be stored stays as it was typed and is tried again. One that is refused is dropped, and no other with it.
 */
export function useDraftEdits(setupId: string) {
  const queries = useQueryClient();
  const [edits, setEdits] = useState<DraftChange>({});
  const [problem, setProblem] = useState<unknown>(null);
  const unsent = useRef<DraftChange>({});
  const timer = useRef<number | undefined>(undefined);
  const storing = useRef<Promise<boolean> | null>(null);

  /** True once everything is stored. */
  const storeNow = useCallback((): Promise<boolean> => {
    window.clearTimeout(timer.current);
    const storeAll = async () => {
      let isAllStored = true;
      while (Object.keys(unsent.current).length > 0) {
        const sent = unsent.current;
        unsent.current = {};
        try {
          await storeFields(queries, setupId, sent);
          setEdits((before) => without(before, sent));
          // What was refused a moment ago is still to be read.
          if (isAllStored) setProblem(null);
        } catch (error) {
          setProblem(error);
          const refused = refusedOf(sent, error);
          unsent.current = { ...without(sent, refused), ...unsent.current };
          isAllStored = false;
          if (Object.keys(refused).length === 0) break;
          setEdits((before) => without(before, refused));
          await queries.invalidateQueries({ queryKey: setupQuery(setupId).queryKey });
        }
      }
      return isAllStored;
    };
    storing.current ??= storeAll().finally(() => {
      storing.current = null;
    });
    return storing.current;
  }, [queries, setupId]);

  const edit = useCallback(
    (fields: DraftChange) => {
      setEdits((before) => ({ ...before, ...fields }));
      setProblem((before: unknown) => (Object.keys(namedOf(fields, before)).length > 0 ? null : before));
      unsent.current = { ...unsent.current, ...fields };
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void storeNow(), STORE_AFTER_MS);
    },
    [storeNow],
  );

  useEffect(() => {
    if (problem === null) return undefined;
    const again = window.setInterval(() => void storeNow(), STORE_AGAIN_MS);
    return () => window.clearInterval(again);
  }, [problem, storeNow]);

  // Leaving the page is no change of mind.
  useEffect(() => () => void storeNow(), [storeNow]);

  return { edits, problem, edit, storeNow };
}

/** What of it can't be stored as it is, however often it is tried. */
function refusedOf(sent: DraftChange, error: unknown): DraftChange {
  if (isProblem(error, "setup_over")) return sent;
  if (!isProblem(error, "validation_failed")) return {};
  const named = namedOf(sent, error);
  return Object.keys(named).length > 0 ? named : sent;
}

/** Those of these fields that a refusal names. */
function namedOf(fields: DraftChange, refusal: unknown): DraftChange {
  if (!isProblem(refusal, "validation_failed")) return {};
  // One of several technologies is named as `technologies.2`.
  const names = Object.keys(refusal.fields).map((place) => place.split(".")[0]);
  return Object.fromEntries(Object.entries(fields).filter(([field]) => names.includes(field)));
}

/** The edits that were made, or made anew, after these were sent. */
function without(edits: DraftChange, sent: DraftChange): DraftChange {
  return Object.fromEntries(
    Object.entries(edits).filter(([field, value]) => !(field in sent) || value !== sent[field as keyof DraftChange]),
  );
}
