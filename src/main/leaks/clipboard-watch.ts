// Looks at the clipboard while the vault is unlocked and watching is on: a key that was copied elsewhere is recognised by the agent, and
// keeping it is offered. The text is wiped after each look; of what was looked at only a short salted digest stays.
import { createHash, randomBytes } from 'node:crypto';
import type { AskAgent } from '../ask-agent.ts';
import type { ShowNotice, ShownNotice } from '../reminders/notices.ts';

export type ClipboardWatchPorts = {
  /** The caller wipes the bytes. */
  readonly read: () => Promise<Uint8Array>;
  readonly ask: AskAgent;
  /** Whether it is to be looked at now: unlocked, watching, and nothing of ours on it. */
  readonly wanted: () => boolean;
  readonly show: ShowNotice;
  /** Leads the person to where a key is added. */
  readonly add: () => void;
};

/** Longer texts are no key alone, and shorter ones none at all. */
const leastBytes = 12;
const mostBytes = 8_192;
const digestBytes = 6;

/** Gives one look, to be taken every second or so. */
export const createClipboardWatch = (ports: ClipboardWatchPorts): (() => Promise<void>) => {
  const salt = randomBytes(16);
  let last = '';
  let looking = false;
  let shown: ShownNotice | null = null;

  const digestOf = (bytes: Uint8Array): string =>
    createHash('sha256')
      .update(salt)
      .update(bytes)
      .digest('hex')
      .slice(0, digestBytes * 2);

  const offer = async (bytes: Uint8Array): Promise<void> => {
    const answer = await ports.ask('leaks.clipboard', { text: bytes });
    if (!answer.ok || answer.value === null || answer.value.keyId !== null) return;
    const whose = answer.value.providerName ?? 'a provider';
    shown?.close();
    shown = ports.show(
      {
        title: `A key of ${whose} is on the clipboard`,
        body: 'Keep it in Keyturn, so that it need not lie anywhere else.',
        actions: [],
      },
      ports.add,
      () => undefined,
    );
  };

  const look = async (): Promise<void> => {
    const bytes = await ports.read();
    try {
      if (bytes.length < leastBytes || bytes.length > mostBytes) return;
      const digest = digestOf(bytes);
      if (digest === last) return;
      last = digest;
      await offer(bytes);
    } finally {
      bytes.fill(0);
    }
  };

  return async () => {
    if (looking || !ports.wanted()) return;
    looking = true;
    try {
      await look();
    } catch {
      // A clipboard that cannot be read now is looked at again.
    } finally {
      looking = false;
    }
  };
};
