// Notices what is copied in tmux. Its servers tell nobody, so they are asked for the list of their buffers; what is in one is read by a scan thread.
import { buffersOf, tmuxSockets } from '../../node/scan/readers/tmux.ts';

export type TerminalWatch = {
  /** @param folder of the sockets; null: nothing is asked any more */
  readonly set: (folder: string | null) => void;
};

const pollMs = 1_500;

/** @param onChange something was copied, or let go, at a server of that folder; also when it is first asked */
export const createTerminalWatch = (onChange: (folder: string) => void): TerminalWatch => {
  let watched: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let known = '';

  const look = async (folder: string): Promise<void> => {
    const lists = await Promise.all(
      tmuxSockets(folder).map(async (socket) => `${socket}\n${(await buffersOf(socket)) ?? ''}`),
    );
    if (watched !== folder) return;
    const now = lists.join('\n');
    if (now !== known) onChange(folder);
    known = now;
    wait(folder);
  };
  const wait = (folder: string): void => {
    timer = setTimeout(() => void look(folder), pollMs);
    timer.unref();
  };

  return {
    set: (folder) => {
      if (folder === watched) return;
      clearTimeout(timer);
      watched = folder;
      known = '';
      if (folder !== null) void look(folder);
    },
  };
};
