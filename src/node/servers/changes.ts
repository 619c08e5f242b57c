// Servers of one's own at which this build can change passwords. An adapter joins by standing in the table.
import type {
  NoAnswer,
  ServerAnswer,
  ServerChange,
  ServerChanges,
  ServerLogin,
  Stop,
} from '../../core/ports.ts';
import { noAnswer } from '../http-words.ts';
import { hostOf, isUnheard } from './connect.ts';

type Adapter = (change: ServerChange, stop: Stop) => Promise<ServerAnswer>;

const adapters: Readonly<Partial<Record<ServerLogin['protocol'], Adapter>>> = {};

const notAvailable = (login: ServerLogin): NoAnswer => ({
  why: 'refused-address',
  reason: `This build of Keyturn cannot change a password at ${hostOf(login)}: it does not speak ${login.protocol} for that.`,
  next: 'Change it by hand, and put the new password in. Nothing was sent.',
});

export const nodeChanges: ServerChanges = {
  protocols: (['postgres', 'redis', 'mysql', 'mqtt'] as const).filter((name) => name in adapters),
  change: async (change, stop) => {
    const { login } = change;
    const adapter = adapters[login.protocol];
    if (adapter === undefined) return { ok: false, error: notAvailable(login) };
    if (!stop.wanted()) return { ok: false, error: noAnswer('stopped', hostOf(login)) };
    try {
      return { ok: true, value: await adapter(change, stop) };
    } catch (error) {
      if (isUnheard(error)) return { ok: false, error: error.error };
      throw error;
    }
  },
};
