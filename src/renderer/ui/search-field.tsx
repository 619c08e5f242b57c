// A field in which somebody seeks as they type. Enter and the down arrow lead into the list; Esc empties, then leaves.
import { Search, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { Kbd } from './kbd.tsx';
import styles from './search-field.module.css';

export type SearchFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Goes into the list. */
  readonly onLeave: () => void;
  readonly onFocus?: () => void;
  /** Beside the slash, while nothing is sought. */
  readonly hint?: ReactNode;
  /** Before the button that empties the field. */
  readonly said?: ReactNode;
  /** How wide it is beside what is around it. */
  readonly className?: string | undefined;
};

export const SearchField = (props: SearchFieldProps): ReactNode => {
  const { id, label, placeholder, text, onText, onLeave, onFocus, hint, said, className = '' } = props;
  const isRoomy = hint !== undefined || said !== undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      onLeave();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (text === '') onLeave();
      else onText('');
    }
  };
  return (
    <div className={`${styles.field} ${className}`}>
      <Search size={16} strokeWidth={1.75} aria-hidden="true" className={styles.icon} />
      <input
        id={id}
        type="text"
        className={isRoomy ? `${styles.input} ${styles.roomy}` : styles.input}
        placeholder={placeholder}
        aria-label={label}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      />
      <span className={styles.end}>
        {text === '' ? (
          <>
            <Kbd chord="/" />
            {hint}
          </>
        ) : (
          <>
            {said}
            <IconButton icon={X} label="Empty the field" small onClick={() => onText('')} />
          </>
        )}
      </span>
    </div>
  );
};
