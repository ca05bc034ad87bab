/** The mark: a voice, drawn as bars. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--page)" strokeWidth="2.6" strokeLinecap="round">
        <path d="M9 13v6" />
        <path d="M14 9v14" />
        <path d="M19 12v8" />
        <path d="M24 14.5v3" />
      </g>
    </svg>
  );
}
