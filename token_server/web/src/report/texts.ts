// The texts of the report. Plain English, as in ../texts.ts. How scores are made is told in docs/assessment.md as well:
// change both together.

export const times = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export const reportTexts = {
  documentTitle: "Report",
  titleOf: (interview: string, number: number) => `${interview}, attempt ${number}`,
  tabReport: "Report",
  tabTranscript: "Transcript",
  views: "Report or transcript",
  heading: (number: number) => `Attempt ${number}`,
  export: {
    title: "Export",
    print: "Print or save as PDF",
    copy: "Copy as Markdown",
    copied: "The report is in your clipboard, as Markdown.",
    notCopied: "The browser doesn't allow copying here. Print it or save it as a PDF instead.",
  },

  making: {
    not_ready: "The interview is being wrapped up.",
    queued: "Your report is next in line.",
    running: "Reading what you said, answer by answer.",
  },
  makingTitle: "Making your report",
  makingNote: "This usually takes less than half a minute. You can leave and come back.",
  progress: "Progress of the report",
  failedTitle: "The report couldn't be made",
  failedNote: "Nothing you said is lost. You can have it made again from the same transcript.",
  failedAgain: "Make it again",
  notAssessableTitle: "There was too little to judge",
  notAssessable: "So there is no score and no advice: making them up wouldn't help you.",
  stillOpenTitle: "This interview is still going on",
  stillOpenGo: "Go back in",

  versions: {
    label: "Version of the report",
    name: (number: number, count: number, made: string) => `Report ${number} of ${count} · ${made}`,
    status: {
      not_ready: "being made",
      queued: "being made",
      running: "being made",
      ready: "",
      failed: "couldn't be made",
      not_assessable: "too little to judge",
    },
    older: (made: string) => `You are reading an older report, made ${made}.`,
    newest: "Show the newest",
  },

  doubt: {
    title: "Check the transcript before you read the scores",
    text: (percent: number) =>
      `The speech recogniser was unsure of ${percent}\u00a0% of your words, so it may have written down something other than what you said. Correct it in the transcript, then ask for a new report.`,
    check: "Check the transcript",
  },

  overall: "Overall",
  outOf: "of 100",
  noOverall: "Not enough evidence for an overall score",
  bands: { strong: "strong", good: "good", fair: "fair", early: "early" },
  notEnough: "Not enough evidence",
  notEnoughNote:
    "“Not enough evidence” isn't a bad result. Too little was said about it to judge, so there is no number, and nothing else is lowered by it. A purely technical interview usually shows nothing about working with others.",
  level: (level: number) => `Level ${level} of 5`,
  levelMeans: (level: number) => `Level ${level} in the rubric:`,
  nextLevelMeans: (level: number) => `Level ${level} would be:`,
  spread: (points: number, samples?: number) => {
    const what = samples === undefined ? "judgements" : `${samples} judgements`;
    return points === 0 ? `${what} agree` : `${what}, up to ${times(points, "point", "points")} apart`;
  },

  categoriesTitle: "By category",
  categories: {
    communication: "Communication",
    technical_knowledge: "Technical knowledge",
    problem_solving: "Problem solving",
    cultural_fit: "Working with others",
    confidence: "Confidence",
  },
  categoryNotes: {
    communication: "how easily a listener follows",
    technical_knowledge: "what you said about the matter",
    problem_solving: "how you get to an answer",
    cultural_fit: "what your stories show",
    confidence: "hedges, restarts and pauses, not who you are",
  },
  atTime: (time: string) => `at ${time}, show in the transcript`,
  inTranscript: "in the transcript",
  finalTitle: "Summary",
  strengthsTitle: "What worked",
  strengthsEmpty: "Nothing stood out clearly enough to quote. A longer attempt gives more to go by.",
  areasTitle: "What to work on",
  areasEmpty: "Nothing stood out clearly enough to criticise.",
  suggestion: "Try",

  questionsTitle: "Question by question",
  questionStatus: {
    answered: "Answered",
    partial: "Broken off",
    declined: "Not answered",
    not_reached: "Not reached",
  },
  notJudged: "Not judged",
  reasons: {
    "too short": "too short",
    skipped: "you skipped it",
    "said they don't know": "you said you don't know",
    "no answer was heard": "no answer was heard",
    "not asked": "it wasn't asked",
    "the interview ended before an answer": "the interview ended first",
    "not recognised as English sentences": "not recognised as English sentences",
    "the question repeated": "it repeats the question",
    "a list of words": "a list of words",
    "not about this question": "not about this question",
    "recogniser unsure": "the recogniser was unsure of most words",
  } as Readonly<Record<string, string>>,
  score: (score: number) => `${score} of 100`,
  help: (hints: number, repeats: number) => {
    const used = [hints > 0 && times(hints, "hint", "hints"), repeats > 0 && times(repeats, "repeat", "repeats")];
    return `${used.filter(Boolean).join(" and ")}. This costs nothing.`;
  },
  pointsTitle: "What a good answer covers",
  covered: { yes: "Heard", partly: "Partly heard", no: "Not heard" },
  nearest: "The nearest to it that you said:",
  importance: { must: "must", bonus: "bonus" },
  cautions: {
    polarity: "It may be the wrong way round: check this.",
    misconception: "It sounds like a common misconception: check this.",
    unclear: "We can't tell which way round you meant this. It costs nothing.",
    judges_disagree: "Two judges disagreed, so it counts in part.",
  },
  misconception: (which: string) => `It sounds like a common misconception, “${which}”: check this.`,
  strongerTitle: "Example of a stronger answer",
  strongerNote: "One way to say it. There are others.",

  deliveryTitle: "How you spoke",
  delivery: {
    words_per_minute: {
      label: "Pace",
      unit: "words a minute",
      measured: "From the times of the recognised words.",
    },
    filler_words_per_minute: {
      label: "Filler words",
      unit: "a minute",
      measured: "“Um” and “uh”, where the recogniser writes them down.",
    },
    longest_pause_sec: {
      label: "Longest pause",
      unit: "seconds",
      measured: "The longest silence inside an answer. One long pause a minute costs nothing.",
    },
    mean_response_delay_sec: {
      label: "Time before answering",
      unit: "seconds on average",
      measured: "From the end of a question to your first word.",
    },
    talk_time_sec: { label: "Talking time", unit: "min:s", measured: "While you answered questions." },
  },
  deliveryRange: {
    words_per_minute: (from: number, to: number) => `${from} to ${to} is easy to follow and costs nothing`,
    filler_words_per_minute: (_from: number, to: number) => `Up to ${to} a minute cost nothing`,
    longest_pause_sec: (_from: number, to: number) => `${to} seconds or more is counted as long`,
    mean_response_delay_sec: "No target: a pause to think is fine.",
    talk_time_sec: "No target: longer isn't better.",
  },
  deliveryPlace: {
    words_per_minute: { below: "yours is slower", within: "yours is within it", above: "yours is faster" },
    filler_words_per_minute: { below: "", within: "yours are fewer", above: "yours are more" },
    longest_pause_sec: { below: "", within: "yours is shorter", above: "yours is long" },
  },
  notMeasured: "not measured",
  tooLittleSaid: "Too little was said to measure it.",
  nothingToMeasure: "There was nothing to measure it by.",
  fillersDropped: "This recogniser doesn't write fillers down. So it is left open, which isn't zero.",

  howTitle: "How this is scored",
  how: {
    lead: "Everything here comes from the words you said and when you said them. Each quote was checked by code to stand word for word in what you said; a judgement whose quote isn't there is left out.",
    gatesTitle: "Before anything is judged",
    gates:
      "Sentences that speak to whoever judges are left out: they cost nothing. An answer gets a reason and no score when nothing was heard, it was too short, you skipped it or said you don't know, it wasn't recognised as English sentences, it repeats the question, is a list of words or isn't about the question, or when the recogniser was unsure of more than half of its words.",
    pointsTitle: "The points of an answer",
    points: {
      on_device:
        "Each question has three to six points that a good answer makes. They are looked for in what you said, by meaning and by the words used. A point that was heard counts three quarters to all of it, in part a quarter to three quarters, almost heard up to a quarter, by how clearly.",
      llm: "Each question has three to six points that a good answer makes. A language model says of each whether you made it, at least three times; the middle verdict counts, and one without a quote that was said is none. Where the model and the fixed method disagree sharply, the point counts in part.",
    },
    pointsMore:
      "What sounds like a common misconception counts at most half and asks you to check it; where only its opposite can't be ruled out, that costs nothing. Bonus points weigh a quarter for a junior, where they can only add, half at mid level, and as much as the others for a senior.",
    stories:
      "In a story, three quarters are its parts: the situation, what you did yourself, the result, a number where one is asked for, and what you learned. One quarter is the expected points. Hints and repeats cost nothing.",
    categoriesTitle: "The five categories",
    tableCategory: "Category",
    tableWeight: "Weight",
    tableLooksAt: "What counts",
    tableEnough: "Enough evidence",
    weightIn: { technical: "Technical", behavioral: "Behavioural", mixed: "Mixed" },
    percent: (weight: number) => `${weight}\u00a0%`,
    looksAt: {
      on_device: {
        technical_knowledge: "The share of expected points that was heard, on average.",
        problem_solving:
          "Half the points. Half showing how you get there: approach, reasons, alternatives, trade-offs, checks, constraints.",
        communication:
          "40\u00a0% how soon you come to what was asked; 30\u00a0% links such as “first”, “because”, “for example”; 15\u00a0% answers of 45 words or more; 15\u00a0% pace. Times the share of answers that came to what was asked.",
        cultural_fit: "Half your stories. Half signs of working with others, ownership and learning.",
        confidence:
          "100, less hedges, restarts, long pauses and, where they are written down, fillers. Ordinary amounts cost nothing.",
      },
      llm: {
        technical_knowledge: "What you said that is right: what things are, why, where they end, what they cost.",
        problem_solving: "What you ask, in which steps you go, what you weigh, how you check.",
        communication: "Whether an answer comes to the point, has an order, and is as long as it needs to be.",
        cultural_fit: "What your stories show of working with others, owning your part, and learning.",
        confidence: "How plainly statements are made and kept, by hedges, restarts, pauses and fillers.",
      },
    },
    llmLevels: (points: string, reach: number) =>
      `A language model gives each category one of five levels, at least three times, by a written rubric; level 3 is what is expected of your experience. The levels stand for ${points} points, and they move a score at most ${reach} points away from what the fixed method counts. Where the model couldn't judge, that method takes its place.`,
    enough: {
      technical_knowledge: "Two technical answers (one, if only one was planned), and half of those asked.",
      problem_solving: "As for technical knowledge.",
      communication: "Two answers that could be judged, and 60 words.",
      cultural_fit: "Two stories (one, if only one was planned), and half of those asked for.",
      confidence: "Two answers that met their question, and 60 words.",
    },
    overallTitle: "The overall score",
    overall: (needed: number) =>
      `The mean of the scored categories by these weights. There is none when the scored categories carry less than ${needed}\u00a0% of the weight.`,
    bands: (strong: number, good: number, fair: number) =>
      `In words: ${strong} or more is strong, ${good} good, ${fair} fair, and below that early.`,
    neverTitle: "What is never judged",
    never:
      "Your accent, the sound of your voice, your character, and whether anybody would hire you. Words that the recogniser was unsure of are never held against you.",
    unknownTitle: "What we don't know",
    unknown: {
      on_device:
        "The fixed method tells an answer with the content from one without it. It doesn't tell fine differences, it can miss what was said in unusual words, and it doesn't understand a negation for sure.",
      llm: "A language model can be wrong, also where its samples agree, and it doesn't judge twice in exactly the same way. How far it agrees with people depends on the model: we claim no accuracy for it.",
    },
    unknownMore:
      "For stories there is no check by people, so we claim no accuracy there. Use the scores to compare your own attempts, and read the quotes.",
  },

  graderTitle: "Who judged, and with what",
  grader: {
    onDevice: "Judged by a fixed method, without a language model",
    llm: (model: string, samples: number) => `Judged by ${model}, ${times(samples, "sample", "samples")}`,
    inPart: (judge: string) => `${judge}, with the fixed method in part`,
    onDeviceNote: "The same transcript with the same versions gives the same report.",
    llmNote: "A language model doesn't judge twice in exactly the same way. The spread says how far its samples lie apart.",
    corrected: (count: number) => `${times(count, "turn was", "turns were")} judged by what you say you said.`,
    fallback: "Why the fixed method judged",
    model: "Model",
    rubric: "Rubric",
    prompt: "Prompts and wording",
    bank: "Questions",
    origins: {
      templates: (version: string) => `Fixed sentences, version ${version}`,
      bank: (version: string) => `Question bank, version ${version}`,
      llm: (model: string) => `Written by ${model}`,
    },
    samples: "Samples",
    spread: "Spread of the overall score",
    spreadOf: (points: number) => times(points, "point", "points"),
    made: "Made",
  },

  transcriptEmpty: "Nothing was said in this attempt.",
  interrupted: "interrupted",
  unsureLegend: "Dotted: words that the recogniser was unsure of.",
  unsureTurn: "Check this",
  recognised: "Recognised as",
  correction: {
    open: "I said …",
    openAt: (time: string) => ` (correct what was recognised at ${time})`,
    label: (number: number, count: number) =>
      count === 1 ? "What you said" : `What you said, part ${number} of ${count}`,
    hint: "Write what you really said, as far as you remember. The next report is made from it.",
    empty: "Write what you said, or cancel.",
    save: "Save",
    cancel: "Cancel",
    takeBack: "Take the correction back",
    busy: "The report is being made right now. Try again when it is ready.",
    since: "You changed what was recognised after this report was made.",
    again: "Make the report again",
    making: "Your report is being made from what stands here.",
    toReport: "To the report",
  },
} as const;
