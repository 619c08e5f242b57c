// Taking a value out of a file: how the line is and how it will be, both masked; then it is done, with a sealed copy and a way back.
import { useEffect, useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { FindingView, ScrubView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useFinding } from './use-leaks.ts';
import { scrub } from './scan-acts.ts';
import styles from './finding-detail.module.css';

const Change = ({ plan }: { readonly plan: ScrubView }): ReactNode => (
  <>
    <p className={`${styles.path ?? ''} selectable`}>{plan.path}</p>
    <div className={styles.change}>
      <p className={styles.changeName}>Now</p>
      <pre className={styles.changeLine}>{plan.before}</pre>
    </div>
    <div className={styles.change}>
      <p className={styles.changeName}>Then</p>
      {plan.what === 'remove-line' && plan.after === '' ? (
        <p>The line is gone; the others stay as they are.</p>
      ) : (
        <pre className={styles.changeLine} data-after="">
          {plan.after}
        </pre>
      )}
    </div>
    <p className={styles.quiet}>
      {plan.canUndo
        ? 'The file as it is now is sealed in the vault first, so that this can be undone.'
        : 'This cannot be undone.'}
    </p>
  </>
);

const Form = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const [plan, setPlan] = useState<ScrubView | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let live = true;
    void call('leaks.planScrub', { id: finding.id }).then((result) => {
      if (!live) return;
      if (result.ok) setPlan(result.value);
      else setError(result.error);
    });
    return () => {
      live = false;
    };
  }, [finding.id]);
  const submit = async (): Promise<void> => {
    if (plan === null) return;
    setBusy(true);
    const result = await scrub(finding);
    setBusy(false);
    if (result.ok) closeOverlay();
    else setError(result.error);
  };
  const removes = finding.scrub === 'remove-line';
  return (
    <Dialog
      title={removes ? 'Remove the line' : 'Replace the value there'}
      onClose={closeOverlay}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={closeOverlay}>Leave it</Button>
          <Button tone="danger" type="submit" busy={busy} disabled={plan === null}>
            {removes ? 'Remove it' : 'Replace it'}
          </Button>
        </>
      }
    >
      {plan === null && error === null ? <SkeletonRows rows={3} /> : null}
      {plan === null ? null : <Change plan={plan} />}
      {finding.place.kind === 'shell-history' ? (
        <Note severity="info">
          A shell that still runs writes its history again when it ends. Close it first.
        </Note>
      ) : null}
      <Note severity="warning">
        Taking it out of the file does not unleak it: whoever has read it has it. Turn the key as well.
      </Note>
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const ScrubDialog = ({ findingId }: { readonly findingId: string }): ReactNode => {
  const finding = useFinding(findingId);
  return finding === undefined ? null : <Form finding={finding} />;
};
