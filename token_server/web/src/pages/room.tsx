import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { Button, Center, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect } from "react";
import { Link, Navigate, useNavigate, useParams } from "react-router";

import { attemptQuery, connectionTo } from "../api/attempts";
import { NothingHereUnframed } from "../components/nothing-here";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { Stage } from "../room/stage";
import { useRoomVisit } from "../room/use-room-visit";
import { texts } from "../texts";

const words = texts.room;
const ATTEMPT_POLL_MS = 5_000;

/** The room of one attempt. A reload comes back in: the page asks for a new connection to the same room. */
export function Page() {
  useTitle(words.documentTitle);
  const { attemptId = "" } = useParams();
  const navigate = useNavigate();
  const visit = useRoomVisit(attemptId, connectionTo);
  const { room, status, rejoin } = visit;
  const attempt = useQuery({ ...attemptQuery(attemptId), refetchInterval: ATTEMPT_POLL_MS });
  const isOver = attempt.data?.status === "ended" || attempt.data?.status === "abandoned";
  const toReport = useCallback(
    () => void navigate(`/attempts/${attemptId}/report`, { replace: true }),
    [navigate, attemptId],
  );

  useEffect(() => {
    if (status.name === "ended") toReport();
  }, [status.name, toReport]);

  if (isOver) return <Navigate to={`/attempts/${attemptId}/report`} replace />;
  switch (status.name) {
    case "continued_elsewhere":
      return (
        <Standstill title={words.continuedTitle} text={words.continued}>
          <Button onClick={rejoin}>{words.continueHere}</Button>
        </Standstill>
      );
    case "lost":
      return (
        <Standstill title={words.lostTitle} text={words.lost}>
          <Button onClick={rejoin}>{words.rejoin}</Button>
        </Standstill>
      );
    case "refused":
      if (status.problem.code === "not_found") return <NothingHereUnframed />;
      return <Standstill title={words.cannotJoinTitle} text={status.problem.message} />;
    default:
      break;
  }
  if (!room) return <PageLoading />;
  return (
    <RoomContext.Provider value={room}>
      <RoomAudioRenderer />
      <Stage
        attempt={attempt.data}
        attemptId={attemptId}
        connecting={status.name === "connecting"}
        reconnecting={status.name === "reconnecting"}
        microphoneError={visit.microphoneError}
        wantsMute={visit.wantsMute}
        onMute={visit.setMuted}
        onMicrophoneAgain={visit.retryMicrophone}
        onEnded={toReport}
      />
    </RoomContext.Provider>
  );
}

function Standstill({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <Center component="main" mih="100dvh" p="lg">
      <Stack maw="28rem" gap="md" role="alert">
        <Title order={1}>{title}</Title>
        <Text c="dimmed">{text}</Text>
        <Group>
          {children}
          <Button component={Link} to="/interviews" variant="subtle">
            {words.toInterviews}
          </Button>
        </Group>
      </Stack>
    </Center>
  );
}
