// Watching: whether new and changed files are looked at, what limits that, and the hooks that keep keys out of commits.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { WatchView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/checkbox.tsx';
import { Note } from '../../ui/note.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { Group, Row } from '../settings/settings-parts.tsx';
import { Guards } from './guards.tsx';
import { leaksStore, showLeaksTab } from './leaks-store.ts';
import styles from './watching.module.css';

const watchWords = ({ watching, folders, polling }: WatchView): string => {
  if (!watching) return 'Nothing is watched. A pasted key is found at the next look.';
  const slow = polling === 0 ? '' : `, ${polling.toLocaleString('en-GB')} of them only every few seconds`;
  return `${counted(folders, 'folder')} watched${slow}. It goes on while the vault is locked.`;
};

export const Watching = (): ReactNode => {
  const watch = useStore(leaksStore, (store) => store.watch);
  const [busy, setBusy] = useState(false);
  const set = async (on: boolean): Promise<void> => {
    setBusy(true);
    const result = await call('watch.set', { on });
    setBusy(false);
    if (result.ok) leaksStore.setState({ watch: result.value });
    else sayFailed(result.error);
  };
  return (
    <div className={styles.groups}>
      <Group title="Watching">
        <Row
          label="Look at new and changed files at once"
          help={watch === null ? 'Not known yet.' : watchWords(watch)}
        >
          {(labelId) => (
            <Switch
              labelledBy={labelId}
              checked={watch?.watching ?? false}
              disabled={busy || watch === null}
              onChange={(on) => void set(on)}
            />
          )}
        </Row>
        <Row label="Folders" help="Which of them are watched is set beside what is read.">
          {() => <Button onClick={() => showLeaksTab('roots')}>Where to look</Button>}
        </Row>
      </Group>
      {watch === null || watch.warnings.length === 0 ? null : (
        <ul className={styles.warnings} aria-label="What limits watching">
          {watch.warnings.map((warning) => (
            <li key={warning}>
              <Note severity="warning">{warning}</Note>
            </li>
          ))}
        </ul>
      )}
      <Guards />
    </div>
  );
};
