// Keyturn itself, as one of those who do something in a turn.
import type { ReactNode } from 'react';

export const KeyturnMark = ({ size = 14 }: { readonly size?: number }): ReactNode => (
  <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true">
    <path d="M8 1.8a6.2 6.2 0 1 0 6.2 6.2" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    <circle cx="8" cy="7" r="1.8" fill="currentColor" />
    <path d="M8 8v3.2" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
  </svg>
);
