// A key on the keyboard, written as the person's own system writes it.
import type { ReactNode } from 'react';
import styles from './kbd.module.css';

const isMac = /mac/i.test(navigator.userAgent);

const macGlyphs: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const otherGlyphs: Readonly<Record<string, string>> = { Mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt' };
const glyphs = isMac ? macGlyphs : otherGlyphs;

const wordOf = (key: string): string => glyphs[key] ?? key;

/** `Mod+K` as words for a screen reader and for titles: "Ctrl K". */
export const chordWords = (chord: string): string => chord.split('+').map(wordOf).join(' ');

/** Shows a chord such as `Mod+K`; decoration only, the action itself carries `aria-keyshortcuts`. */
export const Kbd = ({ chord }: { readonly chord: string }): ReactNode => (
  <kbd className={styles.chord} aria-hidden="true">
    {chord.split('+').map((key) => (
      <span key={key} className={styles.key}>
        {wordOf(key)}
      </span>
    ))}
  </kbd>
);
