// The open vault: places on the left, the chosen place beside it, at most one dialog above.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { ActivityPlace } from '../features/activity/activity-place.tsx';
import { BinPlace } from '../features/bin/bin-place.tsx';
import { DuePlace } from '../features/due/due-place.tsx';
import { ExportPlace } from '../features/export/export-place.tsx';
import { ImportPlace } from '../features/import/import-place.tsx';
import { KeysPlace } from '../features/keys/keys-place.tsx';
import { LeaksPlace } from '../features/leaks/leaks-place.tsx';
import { OverviewPlace } from '../features/overview/overview-place.tsx';
import { ProvidersPlace } from '../features/providers/providers-place.tsx';
import { Sidebar } from '../features/places/sidebar.tsx';
import { SettingsPlace } from '../features/settings/settings-place.tsx';
import { TurnsPlace } from '../features/turns/turns-place.tsx';
import { VariablesPlace } from '../features/variables/variables-place.tsx';
import { call } from '../lib/call.ts';
import { counted } from '../lib/time-words.ts';
import type { AppState } from '../lib/types.ts';
import { Button } from '../ui/button.tsx';
import { Splitter, usePaneWidth } from '../ui/splitter.tsx';
import { sayFailed } from '../ui/toast-store.ts';
import { appStore, goTo, type Place } from './app-store.ts';
import { Overlays } from './overlays.tsx';
import styles from './frame.module.css';

const placeOf: Readonly<Record<Place, () => ReactNode>> = {
  keys: () => <KeysPlace />,
  overview: () => <OverviewPlace />,
  due: () => <DuePlace />,
  turns: () => <TurnsPlace />,
  leaks: () => <LeaksPlace />,
  providers: () => <ProvidersPlace />,
  variables: () => <VariablesPlace />,
  activity: () => <ActivityPlace />,
  bin: () => <BinPlace />,
  settings: () => <SettingsPlace />,
  import: () => <ImportPlace />,
  export: () => <ExportPlace />,
};

const DamageNotice = ({ damaged }: { readonly damaged: number }): ReactNode => (
  <div className={styles.damaged} role="alert">
    <TriangleAlert size={16} aria-hidden="true" />
    <p>
      {counted(damaged, 'record')} of this vault {damaged === 1 ? 'is' : 'are'} not what Keyturn wrote and{' '}
      {damaged === 1 ? 'is' : 'are'} not shown. Everything else can be read. Compare with a backup, or save
      what can be read with <code>keyturn doctor --rescue FILE</code>.
    </p>
    <Button onClick={() => goTo('settings')}>To the backup</Button>
  </div>
);

const accept = (): void => {
  void call('vault.acceptOlder', {}).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

/** Told until the newer copy is back or this one is accepted. */
const OlderNotice = ({ message }: { readonly message: string }): ReactNode => (
  <div className={styles.damaged} role="alert">
    <TriangleAlert size={16} aria-hidden="true" />
    <p>
      {message} Put the newer file back and unlock again. Accept this one only if you put it there yourself.
    </p>
    <Button onClick={accept}>Accept this copy</Button>
  </div>
);

const Ribbons = ({ state }: { readonly state: AppState }): ReactNode =>
  state.demo || state.damaged > 0 || state.problem !== null ? (
    <header>
      {state.demo ? (
        <p className={styles.demo}>
          <strong>Demo vault.</strong> Every key in it is invented. Do not put a real one in.
        </p>
      ) : null}
      {state.problem === null ? null : <OlderNotice message={state.problem.message} />}
      {state.damaged > 0 ? <DamageNotice damaged={state.damaged} /> : null}
    </header>
  ) : null;

export const Frame = ({ state }: { readonly state: AppState }): ReactNode => {
  const place = useStore(appStore, (store) => store.place);
  const pane = usePaneWidth('places', 208, 168, 320);
  return (
    <div className={styles.frame}>
      <Ribbons state={state} />
      <div className={styles.panes}>
        <section aria-label="Places and lock" className={styles.side} style={{ width: pane.width }}>
          <Sidebar />
        </section>
        <main className={styles.main}>
          <Splitter label="Width of the places" pane={pane} side="before" />
          <div className={styles.place}>{placeOf[place]()}</div>
        </main>
      </div>
      <Overlays />
    </div>
  );
};
