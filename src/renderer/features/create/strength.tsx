// How long a guesser would need, in words, while the password is typed. The bytes go to the agent and are wiped here.
import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import { call } from '../../lib/call.ts';
import type { Strength } from '../../lib/types.ts';
import { lookAtBytes } from '../../ui/password-input.tsx';
import styles from './strength.module.css';

const pauseMs = 160;

/** Below this score a password is not taken. */
export const leastScore = 2;

export type StrengthWatch = {
  readonly strength: Strength | null;
  /** To be called at every change of the field. */
  readonly changed: () => void;
};

/** Asks for the strength of what stands in a field, once the typing rests. */
export const useStrength = (field: RefObject<HTMLInputElement | null>): StrengthWatch => {
  const [count, setCount] = useState(0);
  const [strength, setStrength] = useState<Strength | null>(null);
  useEffect(() => {
    if (count === 0) return undefined;
    let live = true;
    const timer = setTimeout(() => {
      const password = lookAtBytes(field.current);
      if (password.length === 0) {
        setStrength(null);
        return;
      }
      void call('password.strength', { password }).then((result) => {
        if (live && result.ok) setStrength(result.value);
      });
      password.fill(0);
    }, pauseMs);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [count, field]);
  return { strength, changed: () => setCount((before) => before + 1) };
};

const words = ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'] as const;

export const StrengthMeter = ({ strength }: { readonly strength: Strength | null }): ReactNode => {
  const advice = [strength?.warning ?? '', ...(strength?.suggestions ?? [])].filter((each) => each !== '');
  return (
    <div className={styles.meter} data-score={strength?.score}>
      <div className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={styles.bar} data-on={(strength?.score ?? 0) >= bar || undefined} />
        ))}
      </div>
      <p className={styles.words} role="status">
        {strength === null ? (
          'Four or five random words make a good one.'
        ) : (
          <>
            <strong>{words[strength.score]}.</strong> Guessing it would take {strength.guessTime}.
            {strength.score < 3 && advice.length > 0 ? ` ${advice[0] ?? ''}` : ''}
          </>
        )}
      </p>
    </div>
  );
};
