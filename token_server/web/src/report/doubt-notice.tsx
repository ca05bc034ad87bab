import { Button, Stack } from "@mantine/core";
import { Link } from "react-router";

import type { RecogniserDoubt } from "../api/types";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { turnAnchor } from "./quotes";
import { useReportAddress } from "./use-report-address";

const words = texts.report.doubt;

/** Above the scores, where so much is uncertain that the transcript should be read first. */
export function DoubtNotice({ doubt }: { doubt: RecogniserDoubt }) {
  const { transcriptSearch } = useReportAddress();
  const first = doubt.turn_seqs?.[0];
  return (
    <Notice tone="caution" title={words.title}>
      <Stack gap="sm" align="flex-start">
        {words.text(Math.round(100 * doubt.share))}
        <Button
          component={Link}
          to={{ search: transcriptSearch, hash: first === undefined ? "" : turnAnchor(first) }}
          size="sm"
          variant="default"
          className="no-print"
        >
          {words.check}
        </Button>
      </Stack>
    </Notice>
  );
}
