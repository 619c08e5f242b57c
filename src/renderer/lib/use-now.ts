// The present time, renewed at a steady pace while somebody looks at it.
import { useEffect, useState } from 'react';

/** Epoch ms, renewed every `everyMs` milliseconds. */
export const useNow = (everyMs: number): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
};
