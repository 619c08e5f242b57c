// The second way to unlock, where it is switched on and its time is not over. What it answers is words for the screen.
import { KeyRound } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { readState } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { Button } from '../../ui/button.tsx';

export const KeychainButton = (props: { readonly onError: (error: AppError) => void }): ReactNode => {
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void call('keychain.read', {}).then((result) => {
      setReady(result.ok && result.value.unavailable === null && result.value.untilMs !== null);
    });
  }, []);
  if (!ready) return null;
  const unlock = async (): Promise<void> => {
    setBusy(true);
    const result = await call('keychain.unlock', {});
    setBusy(false);
    if (!result.ok) props.onError(result.error);
    await readState();
  };
  return (
    <Button icon={KeyRound} wide busy={busy} onClick={() => void unlock()}>
      Unlock with the system keychain
    </Button>
  );
};
