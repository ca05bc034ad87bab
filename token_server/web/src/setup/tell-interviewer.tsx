import { Button, Text, Title } from "@mantine/core";
import { IconMicrophone } from "@tabler/icons-react";
import { useNavigate } from "react-router";

import { messageOf } from "../api/problem";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import classes from "./tell-interviewer.module.css";
import { useBeginSetup } from "./use-begin-setup";

const words = texts.setup.tell;

/** The other way to an interview than the form: say it. */
export function TellInterviewer() {
  const navigate = useNavigate();
  const { state, begin, stop } = useBeginSetup((setupId) => navigate(`/setup/${setupId}`));
  return (
    <section className={classes.card} aria-labelledby="tell-title">
      <div>
        <Title order={2} id="tell-title">
          {words.title}
        </Title>
        <Text mt={4}>{words.lead}</Text>
      </div>
      <Button
        size="lg"
        leftSection={<IconMicrophone size={20} aria-hidden />}
        loading={state.name === "beginning"}
        onClick={begin}
      >
        {words.begin}
      </Button>
      <div className={classes.notices}>
        {state.name === "failed" && <Notice>{messageOf(state.error)}</Notice>}
        {state.name === "busy" && (
          <Notice tone="info" bg="var(--surface)">
            {words.busy(state.retryInSec)}{" "}
            <Button variant="subtle" size="compact-sm" onClick={stop}>
              {words.stopTrying}
            </Button>
          </Notice>
        )}
      </div>
    </section>
  );
}
