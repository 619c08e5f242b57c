// The switch for unlocking with the system's keychain: why it cannot be had here, or for how long it serves after the password.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { appStore, readState } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { KeychainView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { Select } from '../../ui/select.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { hourChoices, nearest } from './choices.ts';
import { Row } from './settings-parts.tsx';

const usualHours = 8;

const TurnOn = (props: {
  readonly onClose: () => void;
  readonly onDone: (view: KeychainView) => void;
}): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const turnOn = async (): Promise<void> => {
    const password = takeBytes(field.current);
    setBusy(true);
    const result = await call('keychain.turnOn', { password, hours: usualHours });
    password.fill(0);
    setBusy(false);
    if (result.ok) props.onDone(result.value);
    else setError(result.error);
  };
  return (
    <Dialog
      title="Unlock with the system keychain"
      description="After you typed the master password, the keychain may unlock again for a while. Other programs that run as you may ask the keychain too; without this running window they get nothing that opens the vault."
      size="small"
      onClose={props.onClose}
      onSubmit={() => void turnOn()}
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button tone="primary" type="submit" busy={busy}>
            Switch it on
          </Button>
        </>
      }
    >
      <Field label="Password">{(ids) => <PasswordInput {...ids} large ref={field} autoFocus />}</Field>
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const KeychainRow = (): ReactNode => {
  const hours = useStore(appStore, (store) => store.state?.settings.quickUnlockHours ?? 0);
  const [view, setView] = useState<KeychainView | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    void call('keychain.read', {}).then((result) => {
      if (result.ok) setView(result.value);
    });
  }, []);

  const take = (next: KeychainView): void => {
    setView(next);
    setAsking(false);
    void readState();
  };
  const turnOff = async (): Promise<void> => {
    const result = await call('keychain.turnOff', {});
    if (!result.ok) return sayFailed(result.error);
    take(result.value);
    sayDone('The keychain no longer unlocks this vault.');
  };
  const setHours = async (value: string): Promise<void> => {
    const result = await call('settings.change', { quickUnlockHours: Number(value) });
    if (result.ok) void readState();
    else sayFailed(result.error);
  };

  const unavailable = view?.unavailable ?? null;
  const help =
    unavailable === null
      ? 'The master password is due after this time, and whenever Keyturn was started again.'
      : `${unavailable.message} ${unavailable.next}`;
  const isOn = hours > 0;
  return (
    <>
      <Row label="Unlock with the system keychain" help={help}>
        {(labelId) => (
          <>
            {isOn && unavailable === null ? (
              <Select
                label="How long the keychain may unlock"
                value={nearest(hourChoices, hours)}
                choices={hourChoices}
                onChange={(value) => void setHours(value)}
              />
            ) : null}
            <Switch
              labelledBy={labelId}
              checked={isOn}
              disabled={view === null || (unavailable !== null && !isOn)}
              onChange={(on) => (on ? setAsking(true) : void turnOff())}
            />
          </>
        )}
      </Row>
      {asking ? <TurnOn onClose={() => setAsking(false)} onDone={take} /> : null}
    </>
  );
};
