import { useSearchParams } from "react-router";

type View = "report" | "transcript";

/** Which view of which report: kept in the address, so that one can go back to it and a reload stays there. */
export function useReportAddress() {
  const [search, setSearch] = useSearchParams();
  const view: View = search.get("view") === "transcript" ? "transcript" : "report";
  const assessmentId = search.get("assessment");

  const addressOf = (shown: View, version: string | null) => {
    const address = new URLSearchParams();
    if (shown === "transcript") address.set("view", shown);
    if (version) address.set("assessment", version);
    return address;
  };

  return {
    view,
    /** Null: the newest. */
    assessmentId,
    show: (shown: View, version: string | null) =>
      setSearch(addressOf(shown, version), { replace: true, preventScrollReset: true }),
    transcriptSearch: `?${addressOf("transcript", assessmentId).toString()}`,
  };
}
