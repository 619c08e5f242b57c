// The form of a key on its way in: recognised, named, placed, with its warnings while they can still be heeded.
import { useEffect, useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay, closerOfOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { Draft, Warning } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { FactsForm, type SomeFacts } from '../edit/facts-form.tsx';
import formStyles from '../edit/form.module.css';
import { TargetPicker, type Target } from '../projects/target-picker.tsx';
import { DraftFields } from './draft-fields.tsx';
import { Recognised } from './recognised.tsx';
import { saveKey, type AddInput } from './save-key.ts';
import { startTarget } from './start-target.ts';
import type { DraftWork } from './use-draft.ts';

const assessPauseMs = 200;

const useWarnings = (input: AddInput | null): readonly Warning[] => {
  const [warnings, setWarnings] = useState<readonly Warning[]>([]);
  const text = input === null ? '' : JSON.stringify(input);
  useEffect(() => {
    if (input === null) return undefined;
    let live = true;
    const timer = setTimeout(() => {
      void call('keys.assess', input).then((result) => {
        if (live && result.ok) setWarnings(result.value);
      });
    }, assessPauseMs);
    return () => {
      live = false;
      clearTimeout(timer);
    };
    // The text stands for the input: same words, same question.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text]);
  return warnings;
};

export const Warnings = ({ warnings }: { readonly warnings: readonly Warning[] }): ReactNode =>
  warnings.length === 0 ? null : (
    <ul className={formStyles.warnings} aria-label="Remarks" aria-live="polite">
      {warnings.map((warning) => (
        <li key={`${warning.code} ${warning.message}`}>
          <Note severity={warning.severity} next={warning.next}>
            {warning.message}
          </Note>
        </li>
      ))}
    </ul>
  );

const Facts = (props: {
  readonly draft: Draft;
  readonly own: SomeFacts;
  readonly onOwn: (own: SomeFacts) => void;
}): ReactNode => (
  <details
    className={formStyles.fold}
    onToggle={(event) => {
      if (event.currentTarget.open) event.currentTarget.scrollIntoView({ block: 'start' });
    }}
  >
    <summary>Facts: dates, owner, team, roles, tags, notes</summary>
    <FactsForm
      facts={{ ...props.draft.facts, ...props.own }}
      onChange={(part) => props.onOwn({ ...props.own, ...part })}
    />
  </details>
);

const inputOf = (draft: Draft, name: string, target: Target, own: SomeFacts): AddInput | null => {
  if (name.trim() === '' || target.environmentIds.length === 0) return null;
  return {
    projectId: target.projectId,
    environmentIds: [...target.environmentIds],
    facts: { ...own, name: name.trim(), kind: draft.kind },
    draftId: draft.draftId,
  };
};

/** Without its secret there is no key. A companion that is missing is warned of, but a vault must not refuse to keep the secret. */
const isLacking = (field: Draft['fields'][number]): boolean =>
  field.secret && field.required && !field.filled;

/** What keeps the button from working, in words. */
const lackingOf = (draft: Draft, name: string, target: Target): readonly string[] => [
  ...draft.fields.filter(isLacking).map((field) => field.label),
  ...(name.trim() === '' ? ['a name'] : []),
  ...(target.environmentIds.length === 0 ? ['an environment'] : []),
];

export const AddForm = ({ work, draft }: { readonly work: DraftWork; readonly draft: Draft }): ReactNode => {
  const [typedName, setTypedName] = useState<string | null>(null);
  const [ownTarget, setOwnTarget] = useState<Target | null>(null);
  const [own, setOwn] = useState<SomeFacts>({});
  const [variables, setVariables] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const name = typedName ?? draft.suggestedName;
  const target = ownTarget ?? startTarget(draft.kind);
  const input = inputOf(draft, name, target, own);
  const missing = draft.fields.some(isLacking);
  const lacking = lackingOf(draft, name, target);
  const assessed = useWarnings(missing ? null : input);
  const warnings = assessed.length > 0 ? assessed : draft.warnings;

  const save = async (): Promise<void> => {
    if (input === null || missing) return;
    const close = closerOfOverlay();
    setBusy(true);
    // What was typed last may still be on its way.
    const whole = await work.settled();
    const wanted = whole === null ? null : inputOf(whole, name, target, own);
    const failed = whole === null || wanted === null ? null : await saveKey(wanted, whole.fields, variables);
    setBusy(false);
    setError(failed);
    if (wanted === null || failed !== null) return;
    work.spend();
    close();
  };

  return (
    <Dialog
      title="Add a key"
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <p role="status" className={formStyles.lacking}>
            {lacking.length === 0 ? null : `Still missing: ${lacking.join(', ')}.`}
          </p>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" busy={busy} disabled={input === null || missing}>
            Add the key
          </Button>
        </>
      }
    >
      <Recognised draft={draft} work={work} />
      <DraftFields work={work} fields={draft.fields} variables={variables} onVariables={setVariables} />
      <ErrorNote error={work.error} />
      <Field label="Name">
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            maxLength={200}
            placeholder="As in the portal, or as you call it"
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
        )}
      </Field>
      <TargetPicker target={target} onChange={setOwnTarget} />
      <Warnings warnings={warnings} />
      <Facts draft={draft} own={own} onOwn={setOwn} />
      <ErrorNote error={error} />
    </Dialog>
  );
};
