import { Button, List, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";

import { endAttempt } from "../api/attempts";
import { interviewQuery } from "../api/interviews";
import { messageOf } from "../api/problem";
import type { Tone } from "../api/types";
import { Choice } from "../components/choice";
import { Failure } from "../components/failure";
import { MicrophoneCheck } from "../components/microphone-check";
import { Notice } from "../components/notice";
import { PageLoading } from "../components/page-loading";
import { useStartAttempt } from "../components/use-start-attempt";
import { useTitle } from "../components/use-title";
import { ChosenFor } from "../documents/chosen-for";
import { fullTitleOf } from "../interview-title";
import { Consent } from "../recording/consent";
import { texts } from "../texts";
import classes from "./prepare.module.css";

const words = texts.prepare;
const MINUTES_PER_QUESTION = 2.5;

/** The last page before the room. It asks for an attempt only when the microphone is known to work. */
export function Page() {
  const { interviewId = "" } = useParams();
  // What was chosen for one interview counts for no other.
  return <Prepare key={interviewId} interviewId={interviewId} />;
}

function Prepare({ interviewId }: { interviewId: string }) {
  useTitle(words.documentTitle);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const interview = useQuery(interviewQuery(interviewId));
  const [tone, setTone] = useState<Tone | null>(null);
  const [microphoneWorks, setMicrophoneWorks] = useState(false);
  const [recordAudio, setRecordAudio] = useState(false);
  const [endingOther, setEndingOther] = useState(false);
  const questions = search.get("questions") === "fresh" ? "fresh" : "same";
  const start = useStartAttempt(interviewId, { questions, tone, recordAudio }, (attemptId) =>
    navigate(`/attempts/${attemptId}`),
  );
  // From then on it is asked for with what was chosen.
  const isStarting = endingOther || start.state.name === "starting";

  if (interview.isPending) return <PageLoading />;
  if (interview.isError) return <Failure error={interview.error} onRetry={() => void interview.refetch()} />;
  const { question_count: count } = interview.data;
  const minutes = Math.max(3, Math.round(count * MINUTES_PER_QUESTION));

  return (
    <div className={classes.layout}>
      <div className={classes.heading}>
        <Text c="dimmed">{fullTitleOf(interview.data)}</Text>
        <Title order={1}>{words.title}</Title>
      </div>
      <section className={classes.check} aria-labelledby="microphone-title">
        <Title order={2} id="microphone-title">
          {words.micTitle}
        </Title>
        <MicrophoneCheck onPassed={() => setMicrophoneWorks(true)} onFailed={() => setMicrophoneWorks(false)} />
        <Stack gap="md" className={classes.start}>
          {start.state.name === "open_elsewhere" && (
            <OpenElsewhere
              attemptId={start.state.attemptId}
              ending={endingOther}
              onEnding={setEndingOther}
              onEnded={start.begin}
            />
          )}
          {start.state.name === "failed" && <Notice>{messageOf(start.state.error)}</Notice>}
          {start.state.name === "busy" && (
            <Notice tone="info">
              {words.busy(start.state.retryInSec)}{" "}
              <Button variant="subtle" size="compact-sm" onClick={start.stop}>
                {words.stopTrying}
              </Button>
            </Notice>
          )}
          <Consent given={recordAudio} disabled={isStarting} onChange={setRecordAudio} />
          <Button
            size="lg"
            disabled={!microphoneWorks}
            loading={isStarting}
            aria-describedby="start-note"
            onClick={start.begin}
          >
            {words.start}
          </Button>
          <Text id="start-note" size="sm" c="dimmed" ta="center" role="status">
            {isStarting ? words.starting : microphoneWorks ? words.headphones : words.startFirst}
          </Text>
        </Stack>
      </section>
      <aside className={classes.aside}>
        <section>
          <Title order={2} size="h3" mb="xs">
            {words.expectTitle}
          </Title>
          <List spacing="sm" c="dimmed" listStyleType="none" className={classes.list}>
            {words.expect(count, minutes).map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </section>
        <Choice
          label={words.tone}
          description={texts.newInterview.toneHint}
          names={texts.vocabulary.tone}
          value={tone ?? interview.data.tone}
          disabled={isStarting}
          onChange={setTone}
        />
        {questions === "same" && <ChosenFor interview={interview.data} />}
        <section>
          <Title order={2} size="h3" mb="xs">
            {words.storedTitle}
          </Title>
          <Text c="dimmed">{words.stored(recordAudio)}</Text>
        </section>
      </aside>
    </div>
  );
}

interface OpenElsewhereProps {
  attemptId: string;
  ending: boolean;
  onEnding: (ending: boolean) => void;
  onEnded: () => void;
}

function OpenElsewhere({ attemptId, ending, onEnding, onEnded }: OpenElsewhereProps) {
  const end = () => {
    onEnding(true);
    void endAttempt(attemptId)
      // Already over is as good; anything else shows when the start is refused again.
      .catch(() => undefined)
      .then(onEnded)
      .finally(() => onEnding(false));
  };
  return (
    <Notice tone="info" title={words.openTitle}>
      <Stack gap="sm" align="flex-start">
        {words.open}
        <Button component={Link} to={`/attempts/${attemptId}`} size="sm">
          {words.openResume}
        </Button>
        <Button size="sm" variant="subtle" loading={ending} onClick={end}>
          {words.openEnd}
        </Button>
      </Stack>
    </Notice>
  );
}
