import { Anchor, Button, Group } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link } from "react-router";

import { useExport } from "../api/account";
import { messageOf } from "../api/problem";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { AccountSection } from "./account-section";

const words = texts.account;

export function ExportData() {
  const download = useExport();
  return (
    <AccountSection title={words.exportTitle} lead={words.exportLead}>
      {download.isError && <Notice>{messageOf(download.error)}</Notice>}
      <Group gap="md">
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {words.exportStart}
        </Button>
        {download.isSuccess && <span role="status">{words.exportStarted}</span>}
      </Group>
      <Anchor component={Link} to="/privacy" underline="always">
        {words.privacyLink}
      </Anchor>
    </AccountSection>
  );
}
