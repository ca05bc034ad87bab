import { UnstyledButton } from "@mantine/core";
import {
  IconBulb,
  IconMessage,
  IconMessageOff,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerSkipForward,
  IconRepeat,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Command } from "../api/types";
import { texts } from "../texts";
import classes from "./controls.module.css";

const words = texts.room;

interface ControlsProps {
  muted: boolean;
  captionsShown: boolean;
  /** A question stands: it can be repeated or skipped, and there may be a hint. */
  canCommand: boolean;
  onMute: () => void;
  onCommand: (command: Command) => void;
  onCaptions: () => void;
  onEnd: () => void;
}

export function Controls({ muted, captionsShown, canCommand, onMute, onCommand, onCaptions, onEnd }: ControlsProps) {
  return (
    <div className={classes.controls}>
      <MuteControl muted={muted} onClick={onMute} />
      <Control
        icon={IconRepeat}
        label={words.repeat}
        title={words.repeatLong}
        shortcut="R"
        disabled={!canCommand}
        onClick={() => onCommand("repeat")}
      />
      <Control
        icon={IconBulb}
        label={words.hint}
        title={words.hintLong}
        shortcut="H"
        disabled={!canCommand}
        onClick={() => onCommand("hint")}
      />
      <Control
        icon={IconPlayerSkipForward}
        label={words.skip}
        title={words.skipLong}
        shortcut="S"
        disabled={!canCommand}
        onClick={() => onCommand("skip")}
      />
      <CaptionsControl shown={captionsShown} onClick={onCaptions} />
      <Control icon={IconPhoneOff} label={words.end} title={words.endLong} danger onClick={onEnd} />
    </div>
  );
}

export function MuteControl({ muted, onClick }: { muted: boolean; onClick: () => void }) {
  return (
    <Control
      icon={muted ? IconMicrophoneOff : IconMicrophone}
      label={muted ? words.unmute : words.mute}
      shortcut="M"
      active={muted}
      onClick={onClick}
    />
  );
}

export function CaptionsControl({ shown, onClick }: { shown: boolean; onClick: () => void }) {
  return (
    <Control
      icon={shown ? IconMessage : IconMessageOff}
      label={words.captions}
      title={shown ? words.captionsHide : words.captionsShow}
      shortcut="C"
      onClick={onClick}
    />
  );
}

interface ControlProps {
  icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  label: string;
  title?: string;
  shortcut?: string;
  active?: boolean;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

function Control({ icon: Icon, label, title, shortcut, active, danger, disabled, onClick }: ControlProps) {
  const full = title ?? label;
  return (
    <UnstyledButton
      className={classes.control}
      data-active={active}
      data-danger={danger}
      disabled={disabled}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${full} (${words.shortcut(shortcut)})` : full}
      onClick={onClick}
    >
      <span className={classes.icon}>
        <Icon size={22} aria-hidden />
      </span>
      {label}
    </UnstyledButton>
  );
}
