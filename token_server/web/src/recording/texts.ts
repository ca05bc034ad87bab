// The texts about recordings of the sound. Plain English, as in ../texts.ts.

const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);

export const recordingTexts = {
  consent: "Record the sound, so that I can listen back",
  consentNote: (keptIn: "data_folder" | "supabase", retentionDays: number) =>
    `Both voices are kept ${
      keptIn === "data_folder" ? "on the machine that runs this page" : "in this service's private storage"
    } for ${days(retentionDays)}, then deleted. Only you can listen to them, and you can delete them sooner.`,
  now: "Recording",
  nowLong: "The sound of this interview is being recorded, as you agreed",

  title: "Recording",
  keptUntil: (day: string) =>
    `The sound of this interview is kept until ${day}. Play buttons stand beside what was said.`,
  notSupported:
    "This browser can't play it: the sound is Ogg/Opus, which Safari knows since iOS 18.4 and macOS 15.4. Another browser can.",
  notHereYet: "The recording isn't here yet. It comes shortly after the end of an interview.",
  deleted: (day: string) => `The recording was deleted on ${day}.`,
  play: (time: string) => `Play what was said at ${time}`,
  stop: "Stop playing",
  cannotPlay: "The recording couldn't be played. Try again in a moment.",
  remove: "Delete the recording",
  removeTitle: "Delete the recording?",
  removeText: "It is gone for good. The transcript and the report stay.",
  removeKeep: "Keep it",
} as const;
