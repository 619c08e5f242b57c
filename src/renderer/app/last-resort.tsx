// A bug while drawing must not leave an empty window: says so, and begins anew by a lock, which makes the window afresh.
// React knows no other way than a class for this.
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { lockVault } from './app-store.ts';
import styles from './root.module.css';

type Props = { readonly children: ReactNode };
type State = { readonly failed: boolean };

const bug = {
  kind: 'internal',
  message: 'This screen stopped because of a bug in Keyturn. Your vault is as it was.',
  next: 'Lock and unlock to begin anew. If it happens again, report what you did before.',
} as const;

export class LastResort extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={styles.middle}>
        <ErrorNote error={bug} action={<Button onClick={lockVault}>Lock and begin anew</Button>} />
      </main>
    );
  }
}
