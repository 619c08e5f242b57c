// Adds a key: paste it, see it recognised, name it, say where it belongs. The value never enters this window unless typed.
import { ClipboardPaste, PencilLine } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { closeOverlay } from '../../app/app-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { chordWords } from '../../ui/kbd.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { keysStore } from '../keys/store.ts';
import { FirstProject } from '../projects/target-picker.tsx';
import { AddForm } from './add-form.tsx';
import { useDraft, type DraftWork } from './use-draft.ts';
import styles from './add-dialog.module.css';

const Start = ({ work }: { readonly work: DraftWork }): ReactNode => (
  <div className={styles.start}>
    <button type="button" className={styles.target} onClick={work.paste}>
      <ClipboardPaste size={22} strokeWidth={1.5} aria-hidden="true" />
      <span className={styles.targetTitle}>Paste a key</span>
      <span className={styles.targetText}>
        Press {chordWords('Mod+V')} or click here. A single value, a line such as NAME=value, or a pair.
      </span>
    </button>
    <Button tone="quiet" icon={PencilLine} onClick={() => work.beginEmpty(null)}>
      Type it in instead
    </Button>
    <ErrorNote error={work.error} />
  </div>
);

/** Until a draft is there, a paste anywhere in the dialog begins one. */
const usePasteAnywhere = (active: boolean, paste: () => void): void => {
  useEffect(() => {
    if (!active) return undefined;
    const onPaste = (event: ClipboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      paste();
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  });
};

/** While the agent reads the value at its place; why not, where it cannot. */
const Taking = ({ work }: { readonly work: DraftWork }): ReactNode =>
  work.error === null ? <SkeletonRows rows={3} /> : <ErrorNote error={work.error} />;

export const AddDialog = (props: {
  readonly paste: boolean;
  readonly findingId: string | null;
}): ReactNode => {
  const { paste, findingId } = props;
  const work = useDraft();
  const hasProject = useStore(keysStore, (store) => (store.overview?.projects.length ?? 0) > 0);
  usePasteAnywhere(work.draft === null && findingId === null, work.paste);
  useEffect(() => {
    if (findingId !== null) work.takeFound(findingId);
    else if (paste) work.paste();
    // Once, when the dialog opens: a paste that was meant by the key press before it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const start = findingId === null ? <Start work={work} /> : <Taking work={work} />;
  if (work.draft !== null && hasProject) return <AddForm work={work} draft={work.draft} />;
  return (
    <Dialog title="Add a key" onClose={closeOverlay} size="small">
      {work.draft === null ? start : <FirstProject />}
    </Dialog>
  );
};
