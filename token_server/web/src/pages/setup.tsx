import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { Anchor, Button, Stack, Text, Title } from "@mantine/core";
import { useCallback, useEffect } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { useForgetInterviews } from "../api/interviews";
import { isProblem, messageOf } from "../api/problem";
import { setupConnection } from "../api/setups";
import type { SetupDetail } from "../api/types";
import { Failure } from "../components/failure";
import { Mark } from "../components/mark";
import { Notice } from "../components/notice";
import { NothingHereUnframed } from "../components/nothing-here";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { type RoomVisit, useRoomVisit } from "../room/use-room-visit";
import { ConfirmDraft } from "../setup/confirm-draft";
import { Conversation } from "../setup/conversation";
import { DraftForm } from "../setup/draft-form";
import { Standstill } from "../setup/standstill";
import { useDraftEdits } from "../setup/use-draft-edits";
import { useSetup } from "../setup/use-setup";
import { texts } from "../texts";
import classes from "./setup.module.css";

const words = texts.setup;
/** For the interviewer's last sentence after a spoken yes. */
const GOODBYE_MS = 8_000;

/** A set-up by talking, with its draft as a form beside it. Either alone is enough. */
export function Page() {
  useTitle(words.room.documentTitle);
  const { setupId = "" } = useParams();
  const visit = useRoomVisit(setupId, setupConnection);
  const setup = useSetup(setupId, visit.room);
  if (!setup.data) {
    if (isProblem(setup.error, "not_found")) return <NothingHereUnframed />;
    return setup.isError ? <Failure error={setup.error} onRetry={() => void setup.refetch()} /> : <PageLoading />;
  }
  return <SetUp key={setupId} setup={setup.data} visit={visit} />;
}

function SetUp({ setup, visit }: { setup: SetupDetail; visit: RoomVisit }) {
  const navigate = useNavigate();
  const { edits, problem, edit, storeNow } = useDraftEdits(setup.id);
  const draft = { ...setup.draft, ...edits };
  const toInterview = useCallback(
    (interviewId: string) => void navigate(`/interviews/${interviewId}/start`, { replace: true }),
    [navigate],
  );
  useGoOnWhenMade(setup.interview_id, visit.status.name === "connected", toInterview);
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Title order={1} className={classes.heading}>
          <Mark />
          {words.room.title}
        </Title>
        <Anchor component={Link} to="/interviews/new" title={words.room.leaveLong}>
          {words.room.leave}
        </Anchor>
      </header>
      <section className={classes.conversation} aria-label={words.room.conversation}>
        <Talk visit={visit} />
      </section>
      <main className={classes.draft}>
        <div>
          <Title order={2}>{words.draft.title}</Title>
          <Text c="dimmed" mt={4}>
            {words.draft.lead}
          </Text>
        </div>
        {setup.interview_id === null ? (
          <>
            {problem !== null && (
              <Notice>
                {messageOf(problem)} {Object.keys(edits).length > 0 && words.draft.notStored}
              </Notice>
            )}
            <DraftForm draft={draft} stored={setup.draft} onEdit={edit} />
            <ConfirmDraft setup={setup} draft={draft} store={storeNow} onMade={toInterview} />
          </>
        ) : (
          <Made interviewId={setup.interview_id} />
        )}
      </main>
    </div>
  );
}

function Talk({ visit }: { visit: RoomVisit }) {
  const isIn = ["connecting", "connected", "reconnecting"].includes(visit.status.name);
  if (!isIn) return <Standstill status={visit.status} onRejoin={visit.rejoin} />;
  if (!visit.room) return <PageLoading />;
  return (
    <RoomContext.Provider value={visit.room}>
      <RoomAudioRenderer />
      <Conversation visit={visit} />
    </RoomContext.Provider>
  );
}

function Made({ interviewId }: { interviewId: string }) {
  return (
    <Notice tone="info" title={words.room.madeTitle}>
      <Stack gap="sm" align="flex-start">
        {words.room.made}
        <Button component={Link} to={`/interviews/${interviewId}/start`} replace size="sm">
          {words.room.toInterview}
        </Button>
      </Stack>
    </Notice>
  );
}

/** After a spoken yes: on to the interview once the interviewer has left, or at the latest after its last sentence. */
function useGoOnWhenMade(interviewId: string | null, stillTalking: boolean, goOn: (interviewId: string) => void) {
  const forgetInterviews = useForgetInterviews();
  useEffect(() => {
    if (interviewId === null) return undefined;
    const timer = window.setTimeout(
      () => {
        void forgetInterviews();
        goOn(interviewId);
      },
      stillTalking ? GOODBYE_MS : 0,
    );
    return () => window.clearTimeout(timer);
  }, [interviewId, stillTalking, goOn, forgetInterviews]);
}
