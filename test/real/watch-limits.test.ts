// Where the system gives no more notices of changes: that is said, with the limit's name, and everything is found all the same, by looking. The
// limit is a real one: the kernel counts it for a user namespace, in which the scanner of the test runs with next to none.
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findingAt, prepareGround, until, type Ground } from '../support/leaks/watched-ground.ts';

/** Words that run a program with a limit of its own. */
const withLimit = (name: string, most: number): readonly string[] => [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  `echo ${String(most)} > /proc/sys/user/${name} && exec "$@"`,
  'sh',
];

const [program = '', ...words] = withLimit('max_inotify_watches', 1);
const isAllowed = process.platform === 'linux' && spawnSync(program, [...words, 'true']).status === 0;
if (!isAllowed) console.log('user namespaces are not allowed here: the limits of inotify were not tried');

let ground: Ground | null = null;
afterEach(() => {
  ground?.remove();
  ground = null;
});

const limits = [
  { name: 'max_inotify_watches', most: 1, said: 'fs.inotify.max_user_watches', polled: 2 },
  { name: 'max_inotify_instances', most: 0, said: 'fs.inotify.max_user_instances', polled: 3 },
] as const;

describe.runIf(isAllowed)('where the system gives no more notices', () => {
  it.each(limits)(
    'for want of $said, that is said, and what is pasted is found',
    async (limit) => {
      ground = await prepareGround({ start: withLimit(limit.name, limit.most) });
      const { tested, folder, beside, value } = ground;
      const state = await tested.get('watch.read', {});
      expect(state.polling).toBeGreaterThanOrEqual(limit.polled);
      expect(state.warnings.filter((each) => each.includes(limit.said))).toHaveLength(1);

      const before = join(folder, 'deep/er/notes.txt');
      writeFileSync(before, `${value}\n`);
      await findingAt(ground, before);
      // Changed in its place, taken out and put back.
      writeFileSync(before, 'nothing\n');
      await until('gone', async () => (await tested.get('leaks.list', {})).findings[0]?.state === 'gone');
      writeFileSync(before, `again ${value}\n`);
      await until('back', async () => (await tested.get('leaks.list', {})).findings[0]?.state === 'returned');

      mkdirSync(join(beside, 'tree/below'), { recursive: true });
      writeFileSync(join(beside, 'tree/below/moved.txt'), `${value}\n`);
      renameSync(join(beside, 'tree'), join(folder, 'deep/tree'));
      await findingAt(ground, join(folder, 'deep/tree/below/moved.txt'));
      // The new folders are looked at from now on as well.
      const later = join(folder, 'deep/tree/below/later.txt');
      writeFileSync(later, `${value}\n`);
      await findingAt(ground, later);
      expect((await tested.get('watch.read', {})).polling).toBeGreaterThanOrEqual(limit.polled + 2);
    },
    180_000,
  );
});
