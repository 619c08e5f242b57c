// The life of a draft: begun by a paste or by hand, filled field by field, thrown away unless it was saved. The values
// stay in the agent; what comes here is masked.
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import type { Result } from '../../../core/model/result.ts';
import { call } from '../../lib/call.ts';
import type { Draft } from '../../lib/types.ts';

export type DraftWork = {
  readonly draft: Draft | null;
  readonly error: AppError | null;
  readonly paste: () => void;
  /** The value that stands at a finding's place: the agent reads it there. */
  readonly takeFound: (findingId: string) => void;
  /** Without a text: every field is typed or pasted by itself. */
  readonly beginEmpty: (provider: string | null) => void;
  readonly chooseProvider: (provider: string | null, kind?: Draft['kind']) => void;
  /** Takes over the bytes of the text, and wipes them. */
  readonly typeField: (field: string, text: Uint8Array) => void;
  readonly pasteField: (field: string) => void;
  /** The draft once everything that is on its way to it has arrived; null where some of that did not, which `error` then says. */
  readonly settled: () => Promise<Draft | null>;
  /** The draft was used: nothing is left to throw away. */
  readonly spend: () => void;
};

export const useDraft = (provider?: string | null): DraftWork => {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const open = useRef<string | null>(null);
  const latest = useRef<Draft | null>(null);
  const onTheWay = useRef<Promise<unknown>>(Promise.resolve());
  const failures = useRef(0);

  const discard = (): void => {
    if (open.current !== null) void call('draft.discard', { draftId: open.current });
    open.current = null;
  };

  useEffect(() => discard, []);

  const take = (result: Result<Draft>): void => {
    if (!result.ok) {
      failures.current += 1;
      setError(result.error);
      return;
    }
    if (open.current !== result.value.draftId) discard();
    open.current = result.value.draftId;
    latest.current = result.value;
    setError(null);
    setDraft(result.value);
  };

  const given = provider === undefined ? {} : { provider };
  const put = (sent: Promise<Result<Draft>>): void => {
    onTheWay.current = Promise.all([onTheWay.current, sent.then(take)]);
  };
  const withDraft = (send: (draftId: string) => Promise<Result<Draft>>): void => {
    if (open.current !== null) put(send(open.current));
  };

  return {
    draft,
    error,
    paste: () => put(call('draft.paste', given)),
    takeFound: (id) => put(call('leaks.take', { id })),
    beginEmpty: (chosen) => put(call('draft.begin', { text: '', provider: chosen })),
    chooseProvider: (chosen, kind) =>
      withDraft((draftId) =>
        call('draft.provider', { draftId, provider: chosen, ...(kind === undefined ? {} : { kind }) }),
      ),
    typeField: (field, text) =>
      withDraft((draftId) => call('draft.field', { draftId, field, text }).finally(() => text.fill(0))),
    pasteField: (field) => withDraft((draftId) => call('draft.pasteField', { draftId, field })),
    settled: async () => {
      // What failed before has been seen: the draft is as it was.
      const seen = failures.current;
      await onTheWay.current;
      return failures.current === seen ? latest.current : null;
    },
    spend: () => {
      open.current = null;
    },
  };
};
