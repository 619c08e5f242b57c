// A time said relatively, the exact one on hover and for screen readers.
import type { ReactNode } from 'react';
import { useNow } from '../lib/use-now.ts';
import { ago, exactTime } from '../lib/time-words.ts';
import { Tooltip } from './tooltip.tsx';

export const Moment = ({ atMs }: { readonly atMs: number }): ReactNode => {
  const now = useNow(30_000);
  const exact = exactTime(atMs);
  return (
    <Tooltip label={exact}>
      <time dateTime={new Date(atMs).toISOString()} className="tabular">
        {ago(atMs, now)}
        <span className="visually-hidden"> ({exact})</span>
      </time>
    </Tooltip>
  );
};
