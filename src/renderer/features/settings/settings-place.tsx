// Settings: each takes effect at once. Grouped by what a person is after, not by where the program keeps it.
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { Settings } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { AskingGroup } from './asking-group.tsx';
import { BackupGroup, DoctorGroup } from './care-groups.tsx';
import { BackupsGroup } from './backups-group.tsx';
import { PasswordGroup } from './password-group.tsx';
import { ReplaceKeyGroup } from './replace-key-group.tsx';
import { PoliciesGroup } from './policies-group.tsx';
import { RemindersGroup } from './reminders-group.tsx';
import { change, FlagRow } from './flag-row.tsx';
import { Group, Row } from './settings-parts.tsx';
import { lockChoices, clipboardChoices, nearest } from './choices.ts';
import styles from './settings.module.css';

const Looks = ({ settings }: { readonly settings: Settings }): ReactNode => (
  <Group title="Looks">
    <Row label="Theme">
      {() => (
        <Segmented
          label="Theme"
          value={settings.theme}
          choices={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => change({ theme })}
        />
      )}
    </Row>
    <Row label="Rows">
      {() => (
        <Segmented
          label="Rows"
          value={settings.rowHeight}
          choices={[
            { value: 'normal', label: 'Normal' },
            { value: 'compact', label: 'Compact' },
          ]}
          onChange={(rowHeight) => change({ rowHeight })}
        />
      )}
    </Row>
  </Group>
);

const Locking = ({ settings }: { readonly settings: Settings }): ReactNode => (
  <Group title="Locking">
    <Row label="Lock when nobody is there" help="Counts from the last key press or movement in this window.">
      {() => (
        <Select
          label="Lock when nobody is there"
          value={nearest(lockChoices, settings.lockAfterMinutes)}
          choices={lockChoices}
          onChange={(value) => change({ lockAfterMinutes: Number(value) })}
        />
      )}
    </Row>
    <FlagRow settings={settings} name="lockOnSystemLock" label="Lock with the system's screen lock" />
    <FlagRow settings={settings} name="lockOnSleep" label="Lock when the computer sleeps" />
  </Group>
);

const Exposure = ({ settings }: { readonly settings: Settings }): ReactNode => (
  <Group title="What others can see">
    <Row
      label="Clear a copied value"
      help="Only while the clipboard still holds it; also on lock and on quit."
    >
      {() => (
        <Select
          label="Clear a copied value"
          value={nearest(clipboardChoices, settings.clipboardSeconds)}
          choices={clipboardChoices}
          onChange={(value) => change({ clipboardSeconds: Number(value) })}
        />
      )}
    </Row>
    <FlagRow
      settings={settings}
      name="hideFromCapture"
      label="Hide the window from screen recordings"
      help="Where the system can. Others in a call then see an empty window."
    />
    <FlagRow
      settings={settings}
      name="commandLineAccess"
      label="Let the command line use the open vault"
      help="While this window is unlocked, keyturn on your terminal needs no password."
    />
  </Group>
);

const openAbout = (): void => {
  void call('about.open', {}).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

export const SettingsPlace = (): ReactNode => {
  const state = useStore(appStore, (store) => store.state);
  if (state === null) return null;
  const { settings } = state;
  return (
    <Page title="Settings" actions={<Button onClick={openAbout}>About Keyturn</Button>}>
      <div className={styles.groups}>
        <Looks settings={settings} />
        <Locking settings={settings} />
        <AskingGroup settings={settings} />
        <RemindersGroup settings={settings} />
        <PoliciesGroup />
        <Exposure settings={settings} />
        <PasswordGroup file={state.file} />
        <ReplaceKeyGroup file={state.file} />
        <BackupGroup file={state.file} />
        <BackupsGroup />
        <DoctorGroup />
      </div>
    </Page>
  );
};
