// Looks at the clipboard while the vault is unlocked and watching is on: a key that was copied elsewhere is recognised by the agent, and
// keeping it is offered. The text is wiped after each look; the agent knows which one it was asked about last.
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

/** Gives one look, to be taken every second or so. */
export const createClipboardWatch = (ports: ClipboardWatchPorts): (() => Promise<void>) => {
  let looking = false;
  let shown: ShownNotice | null = null;

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
