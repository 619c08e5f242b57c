// One file's sightings as messages that fit into a frame.
import type { ScanNews, SeenFile } from './messages.ts';
import type { ThreadSeen } from './thread-words.ts';

const mostInMessage = 500;
const mostOf: Readonly<Record<ThreadSeen['scope'], number>> = { file: 1_000, staged: 1_000, history: 20_000 };
const safeBytes = 1_500_000;

type Words = { readonly scan: string | null; readonly generation: string; readonly atMs: number };

const sizeOf = (message: ScanNews): number => JSON.stringify(message).length;

const split = (message: SeenFile): readonly SeenFile[] => {
  const { list } = message;
  if (list.length <= 1 || (list.length <= mostInMessage && sizeOf(message) <= safeBytes)) return [message];
  const middle = Math.ceil(list.length / 2);
  // Only the whole list tells what is gone.
  const half = { ...message, whole: false, more: 0 };
  return [
    ...split({ ...half, list: list.slice(0, middle) }),
    ...split({ ...half, list: list.slice(middle), more: message.more }),
  ];
};

/** A file with more keys in it than anybody pastes is cut, a history with more than findings are kept, and what is left out counted. */
export const seenMessages = (seen: ThreadSeen, { scan, generation, atMs }: Words): readonly SeenFile[] => {
  const list = seen.list.slice(0, mostOf[seen.scope]);
  const more = seen.more + seen.list.length - list.length;
  return split({
    what: 'seen',
    scan,
    generation,
    atMs,
    path: seen.path,
    kind: seen.kind,
    whole: seen.whole && more === 0,
    scope: seen.scope,
    list: [...list],
    more,
  });
};
