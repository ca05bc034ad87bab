// What the API takes of an interview's parameters.
export const MAX_TECHNOLOGIES = 20;
export const MAX_TECHNOLOGY_LENGTH = 60;
export const MAX_ROLE_LENGTH = 120;
export const MAX_DOCUMENT_LENGTH = 20_000;
export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;
export const MAX_QUESTIONS = 15;
export const MAX_REMARKS_LENGTH = 2_000;
