// The one place in the window where a secret value stands, and only while somebody holds the button or the space bar.
// It comes as bytes and is written into one element character by character, so that the whole of it is never a string and nothing of
// it is left in the window's memory once it is taken out again: React, stores and closures never get hold of it.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { callForSecret } from '../../lib/call.ts';
import { showBytes } from '../../lib/show-bytes.ts';

/** However long it is held, a value is dropped after this. */
export const longestRevealMs = 30_000;

export type SecretCell = {
  readonly ref: RefObject<HTMLElement | null>;
  readonly shown: boolean;
  readonly error: AppError | null;
  readonly hold: () => void;
  readonly release: () => void;
};

export type SecretPlace = { readonly keyId: string; readonly field: string; readonly version?: string };

/** Shows `masked` in the element behind `ref`, and the value in its stead between `hold` and `release`. */
export const useSecretCell = (place: SecretPlace, masked: string): SecretCell => {
  const { keyId, field, version } = place;
  const ref = useRef<HTMLElement | null>(null);
  const attempt = useRef(0);
  const held = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [shown, setShown] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const write = (text: string): void => {
    if (ref.current !== null) ref.current.textContent = text;
  };

  const release = (): void => {
    held.current = false;
    attempt.current += 1;
    if (timer.current !== null) clearTimeout(timer.current);
    write(masked);
    setShown(false);
  };

  const hold = (): void => {
    if (held.current) return;
    held.current = true;
    attempt.current += 1;
    const mine = attempt.current;
    setError(null);
    void callForSecret('keys.reveal', {
      id: keyId,
      field,
      ...(version === undefined ? {} : { version }),
    }).then((result) => {
      // Let go before the answer came: the value is not even looked at.
      if (mine !== attempt.current) {
        if (result.ok) result.value.fill(0);
        return;
      }
      if (!result.ok) {
        setError(result.error);
        return;
      }
      if (ref.current !== null) showBytes(ref.current, result.value);
      result.value.fill(0);
      setShown(true);
      timer.current = setTimeout(release, longestRevealMs);
    });
  };

  useLayoutEffect(() => {
    write(masked);
    return () => {
      attempt.current += 1;
      held.current = false;
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, [masked, keyId, field, version]);

  useEffect(() => {
    if (!shown) return undefined;
    const drop = (): void => release();
    window.addEventListener('blur', drop);
    document.addEventListener('visibilitychange', drop);
    return () => {
      window.removeEventListener('blur', drop);
      document.removeEventListener('visibilitychange', drop);
    };
  });

  return { ref, shown, error, hold, release };
};

type Holder = { readonly hold: () => void; readonly release: () => void };

/** The cell that the space bar reveals from the list: the first secret field of the key in sight. */
export const spaceBar: { cell: Holder | null } = { cell: null };
