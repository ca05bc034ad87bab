import { Button } from "@mantine/core";
import { useNavigate } from "react-router";

import { useSignOutEverywhere } from "../api/account";
import { messageOf } from "../api/problem";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { AccountSection } from "./account-section";

const words = texts.account;

export function Sessions() {
  const navigate = useNavigate();
  const signOut = useSignOutEverywhere(async () => navigate("/sign-in"));
  return (
    <AccountSection title={words.sessionsTitle} lead={words.sessionsLead}>
      {signOut.isError && <Notice>{messageOf(signOut.error)}</Notice>}
      <div>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {words.signOutEverywhere}
        </Button>
      </div>
    </AccountSection>
  );
}
