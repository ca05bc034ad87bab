import { texts } from "../texts";

export const MIN_PASSWORD_LENGTH = 8;
const EMAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const checkFilled = (value: string) => (value.trim() ? null : texts.fields.required);
export const checkEmail = (email: string) =>
  checkFilled(email) ?? (EMAIL_SHAPE.test(email.trim()) ? null : texts.fields.emailShape);
export const checkNewPassword = (password: string) =>
  password.length >= MIN_PASSWORD_LENGTH ? null : texts.fields.passwordShort;

/** Where to go after signing in: only a path of ours, never another site. */
export function nextPath(search: URLSearchParams): string {
  const next = search.get("next") ?? "";
  return next.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/interviews";
}
