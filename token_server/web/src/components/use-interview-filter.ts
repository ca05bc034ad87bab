import { useSearchParams } from "react-router";

import type { InterviewFilter } from "../api/types";
import { texts } from "../texts";

const { vocabulary } = texts;
const { sorts, statuses } = texts.interviews.filters;

export type Sort = keyof typeof sorts;
export const DEFAULT_SORT: Sort = "recent";

/** What narrows and sorts the list of interviews. It stands in the address: a reload and the way back keep it. */
export function useInterviewFilter() {
  const [search, setSearch] = useSearchParams();
  const filter: InterviewFilter = {
    q: search.get("q") ?? undefined,
    type: oneOf(vocabulary.type, search.get("type")),
    level: oneOf(vocabulary.level, search.get("level")),
    technology: search.get("technology") ?? undefined,
    status: oneOf(statuses, search.get("status")),
    sort: oneOf(sorts, search.get("sort")) ?? DEFAULT_SORT,
  };
  const { q, sort, ...chosen } = filter;
  const chosenCount = Object.values(chosen).filter(Boolean).length;

  function change(changes: Partial<Record<keyof InterviewFilter, string>>) {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value && !(name === "sort" && value === DEFAULT_SORT)) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  }

  return {
    filter,
    /** How many narrow the list, but for the search. */
    chosenCount,
    isNarrowed: chosenCount > 0 || Boolean(q),
    isSorted: sort !== DEFAULT_SORT,
    change,
    clear: () => setSearch({}, { replace: true, preventScrollReset: true }),
  };
}

export type InterviewFilterState = ReturnType<typeof useInterviewFilter>;

function oneOf<Name extends string>(names: Readonly<Record<Name, string>>, value: string | null): Name | undefined {
  return value !== null && Object.hasOwn(names, value) ? (value as Name) : undefined;
}
