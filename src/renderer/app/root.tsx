// Chooses the screen from the vault's state. What is not open is not mounted.
import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { CreateScreen } from '../features/create/create-screen.tsx';
import { checkStore, forgetChecks } from '../features/checks/check-store.ts';
import { forgetCopies } from '../features/keys/copy-question.ts';
import { forgetKeys, readKeysSoon } from '../features/keys/store.ts';
import { forgetLeaks } from '../features/leaks/leaks-store.ts';
import { forgetProviders } from '../features/providers/providers-store.ts';
import { forgetTurns } from '../features/turns/turns-store.ts';
import { ProblemScreen } from '../features/unlock/problem-screen.tsx';
import { RecoverScreen } from '../features/unlock/recover-screen.tsx';
import { UnlockScreen } from '../features/unlock/unlock-screen.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { popupLayerId } from '../ui/popup-layer.ts';
import { Toasts } from '../ui/toast.tsx';
import { clearToasts } from '../ui/toast-store.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { appStore, readState } from './app-store.ts';
import { clipboardStore } from './clipboard-store.ts';
import { Frame } from './frame.tsx';
import { LastResort } from './last-resort.tsx';
import { TaskList } from '../features/tasks/task-list.tsx';
import styles from './root.module.css';

const Screen = (): ReactNode => {
  const { state, error, flow } = useStore(appStore);
  if (error !== null) {
    return (
      <main className={styles.middle}>
        <ErrorNote error={error} action={<Button onClick={() => void readState()}>Try again</Button>} />
      </main>
    );
  }
  if (state === null) return null;
  if (flow === 'first-run' || state.vault === 'missing') return <CreateScreen />;
  if (flow === 'recovery') return <RecoverScreen />;
  if (state.vault === 'unreadable') return <ProblemScreen state={state} />;
  if (state.vault === 'locked') return <UnlockScreen state={state} />;
  return <Frame state={state} />;
};

/** Says what sighted people see happen beside the pointer. */
const Spoken = (): ReactNode => {
  const copied = useStore(clipboardStore, (store) => store.spoken);
  const checked = useStore(checkStore, (store) => store.spoken);
  return (
    <>
      <div className="visually-hidden" role="status">
        {copied}
      </div>
      <div className="visually-hidden" role="status">
        {checked}
      </div>
    </>
  );
};

export const Root = (): ReactNode => {
  const vault = useStore(appStore, (store) => store.state?.vault);
  useEffect(() => {
    if (vault === 'unlocked') {
      readKeysSoon();
      return;
    }
    forgetKeys();
    forgetCopies();
    forgetChecks();
    forgetProviders();
    forgetTurns();
    forgetLeaks();
    clearToasts();
  }, [vault]);
  return (
    <CSPProvider disableStyleElements>
      <TooltipProvider delay={500} closeDelay={0}>
        <LastResort>
          <Screen />
        </LastResort>
        <TaskList />
        <section id={popupLayerId} aria-label="Menus" />
        <Toasts />
        <Spoken />
      </TooltipProvider>
    </CSPProvider>
  );
};
