// The window's calls about the keychain, and what follows every typed password: a fresh secret, so that the one before opens nothing
// any more. Passwords pass through sealed for the agent; the slot's secret is here for a moment and is wiped.
import { done } from '../answers.ts';
import type { Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { AskAgent } from '../ask-agent.ts';
import type { ShellHandlers } from '../relay.ts';
import type { QuickUnlock } from './quick-unlock.ts';

export type KeychainPorts = {
  readonly ask: AskAgent;
  readonly quick: QuickUnlock;
  /** 0 where it is switched off. */
  readonly hours: () => number;
};

type Names = 'keychain.read' | 'keychain.turnOn' | 'keychain.turnOff' | 'keychain.unlock';
type View = Result<CallOutput<'keychain.read'>>;

/** Calls in which a person typed the master password. */
const typedIn: ReadonlySet<string> = new Set([
  'vault.unlock',
  'vault.create',
  'vault.recover',
  'password.change',
]);

const keepFresh = async (
  { ask, quick }: KeychainPorts,
  input: CallInput<'keychain.makeSlot'>,
  hours: number,
): Promise<Result<undefined>> => {
  const made = await ask('keychain.makeSlot', input);
  if (!made.ok) return made;
  const kept = await quick.keep(made.value.secret, hours);
  made.value.secret.fill(0);
  // A way in that nobody keeps is of no use to anybody.
  if (!kept.ok) await ask('keychain.dropSlot', {});
  return kept;
};

/** To be told of every call that succeeded: renews the secret after a typed password, where that is switched on. */
export const createRenewal =
  (ports: KeychainPorts): ((name: string) => Promise<void>) =>
  async (name) => {
    const hours = ports.hours();
    if (hours > 0 && typedIn.has(name) && (await ports.quick.mayRenew())) await keepFresh(ports, {}, hours);
  };

export const createKeychainCalls = (ports: KeychainPorts): Pick<ShellHandlers, Names> => {
  const { ask, quick } = ports;
  const view = async (): Promise<View> => ({ ok: true, value: await quick.look() });
  return {
    'keychain.read': view,
    'keychain.turnOn': async ({ password, hours }) => {
      const { unavailable } = await quick.look();
      if (unavailable !== null) return { ok: false, error: unavailable };
      const kept = await keepFresh(ports, { password }, hours);
      const set = kept.ok ? await ask('settings.change', { quickUnlockHours: hours }) : kept;
      return set.ok ? view() : set;
    },
    'keychain.turnOff': async () => {
      quick.forget();
      const dropped = await ask('keychain.dropSlot', {});
      const set = dropped.ok ? await ask('settings.change', { quickUnlockHours: 0 }) : dropped;
      return set.ok ? view() : set;
    },
    'keychain.unlock': async () => {
      const taken = await quick.take();
      if (!taken.ok) return taken;
      const opened = await ask('vault.unlockWithKeychain', { secret: taken.value });
      taken.value.fill(0);
      return opened.ok ? done : opened;
    },
  };
};
