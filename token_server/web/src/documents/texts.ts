// What the page says about job descriptions and résumés.

const COMPETENCIES: Readonly<Record<string, string>> = {
  conflict: "handling conflict",
  failure: "learning from failure",
  deadline: "working to deadlines",
  feedback: "giving and taking feedback",
  customer: "working for customers",
  disagreement: "persuading others",
  priorities: "setting priorities",
};

/** Of technical questions, where their name isn't the word for it. */
const TOPICS: Readonly<Record<string, string>> = {
  "caching-and-messaging": "caching and messaging",
  dotnet: ".NET",
  "engineering-management": "engineering management",
  "full-stack": "full-stack development",
  "general-work": "your daily work",
  go: "Go",
  java: "Java",
  javascript: "JavaScript",
  "machine-learning": "machine learning",
  python: "Python",
  "software-engineering": "software engineering",
  "system-design": "system design",
  "version-control-and-delivery": "version control and delivery",
};

export const documentTexts = {
  upload: "Upload a file",
  uploadHint: "PDF, Word, text or Markdown.",
  reading: (name: string) => `Reading ${name}…`,
  readFrom: (name: string) => `Read from ${name}. Look it over and change what isn't right.`,
  tooLarge: "This file is larger than 5 MB. Paste the part that matters.",
  clear: "Clear",
  characters: (count: string) => `${count} of 20,000 characters`,

  findings: "Your questions can take up:",
  nothingFound: "Nothing in it names a technology or skill that there are questions about.",
  years: (count: number) => (count === 1 ? "1 year of experience" : `${count} years of experience`),
  /** Of a competency, a topic or a technology. */
  subject: (name: string) => COMPETENCIES[name] ?? TOPICS[name] ?? name,

  resume: {
    title: "Résumé",
    hint: "Optional. It helps to choose questions and to word them. Nobody else sees it, and it isn't scored.",
    add: "Add your résumé",
    text: "Text of your résumé",
    keep: "Keep it",
    cancel: "Cancel",
    notKept: "Not kept yet.",
    use: "Use my résumé to choose the questions",
    keptSince: (when: string) => `Kept since ${when}, for all your interviews.`,
    show: "Show or change",
    remove: "Delete",
    removeSure: "Delete your résumé for good?",
    removeYes: "Delete it",
    removeNo: "Keep it",
  },

  chosen: {
    title: "Why these questions",
    because: {
      job_and_resume: "The job description and your résumé both name",
      job_not_resume: "Asked for in the job description, and not in your résumé:",
      job: "The job description names",
      resume: "Your résumé names",
      practice: "The first ones practise what your reports advise. They are about",
    },
    question: {
      job_and_resume: (name: string) => `Asked because the job description and your résumé name ${name}.`,
      job_not_resume: (name: string) => `Asked because the job description names ${name} and your résumé doesn't.`,
      job: (name: string) => `Asked because the job description names ${name}.`,
      resume: (name: string) => `Asked because your résumé names ${name}.`,
      practice: (name: string) => `Asked to practise what an earlier report advised, with a question about ${name}.`,
    },
    kept: "The job description is kept with this interview.",
    forget: "Delete the job description",
    forgetNote: "You can delete it; the questions stay.",
  },
} as const;
