// Texts of the account and of the page about privacy.
export const accountTexts = {
  title: "Your account",
  nameTitle: "About you",
  nameSave: "Save name",
  nameSaved: "Saved. The interviewer will call you by it from now on.",

  passwordTitle: "Password",
  passwordLead: "A new password signs you out everywhere else.",
  currentPassword: "Current password",
  newPassword: "New password",
  newPasswordHint: "At least 8 characters. The 10,000 that are used most aren't taken.",
  passwordSave: "Change password",
  passwordSaved: "Changed. Every other browser and device has been signed out.",

  sessionsTitle: "Where you are signed in",
  sessionsLead: "Used a computer that isn't yours, or lost a phone? This signs you out on all of them, here too.",
  signOutEverywhere: "Sign out everywhere",

  exportTitle: "Your data",
  exportLead:
    "Everything that is kept of you as one ZIP file: each report and transcript to read, and all of it as JSON for programs.",
  exportStart: "Download everything",
  exportStarted: "Your browser is saving the file.",
  privacyLink: "What is kept, where, and for how long",

  deleteTitle: "Delete your account",
  deleteLead: "Your interviews, transcripts, recordings, corrections, reports, drafts and résumé are deleted with your account, at once. Nobody can bring them back.",
  deleteStart: "Delete my account…",
  deleteDialogTitle: "Delete everything?",
  deleteWord: "delete",
  deleteConfirm: (word: string) => `Type “${word}” to confirm`,
  deletePassword: "Your password",
  deletePasswordWrong: "That isn't your password.",
  deleteKeep: "Keep my account",
  deleteSubmit: "Delete everything",
  deleted: "Your account and everything in it is deleted.",
} as const;

export const resetPasswordTexts = {
  title: "Set a new password",
  emailLead: "Give the e-mail address of your account. With a code that goes there you set a new one.",
  codeLead: {
    inbox: (email: string) => `If there is an account for ${email}, a mail with a code is on its way.`,
    folder: (email: string) =>
      `This service sends no mail. If there is an account for ${email}, the mail with a code is a file on the machine that runs it.`,
  },
  send: "Send me a code",
  code: "Code from the mail",
  codeWrong: "That code is wrong or too old.",
  noMail: {
    inbox: "No mail? Check the spam folder, or ask whoever runs this service.",
    folder: "Look in supabase/mail of the data folder, which the ready screen names, or ask whoever runs this service.",
  },
  submit: "Set it and sign in",
  other: "Remembered it?",
} as const;

export const privacyTexts = {
  documentTitle: "Privacy",
  link: "Privacy",
} as const;
