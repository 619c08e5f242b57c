// A walk hands out every file of a tree once, whatever the tree: what was made is what is handed out or named.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NotRead } from '../../../src/core/leaks/matching.ts';
import { createWalk, pathInGroup } from '../../../src/node/scan/walk.ts';

type Tree = { readonly [name: string]: Tree | 'file' | 'link' };

const name = fc.constantFrom(
  'a',
  'b',
  '.env',
  'node_modules',
  'vendor',
  'autoload.php',
  '.git',
  'HEAD',
  'refs',
  'objects',
  'x y',
  'é',
);
const { tree } = fc.letrec<{ tree: Tree; node: Tree | 'file' | 'link' }>((tie) => ({
  tree: fc.dictionary(name, tie('node'), { maxKeys: 5 }),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('file' as const, 'file' as const, 'link' as const),
    tie('tree'),
  ),
}));

const make = (folder: string, of: Tree): void => {
  mkdirSync(folder, { recursive: true });
  for (const [key, node] of Object.entries(of)) {
    const path = join(folder, key);
    if (node === 'file') writeFileSync(path, key);
    else if (node === 'link') symlinkSync('..', path);
    else make(path, node);
  }
};

const pathsOf = (folder: string, of: Tree, kind: 'file' | 'link'): readonly string[] =>
  Object.entries(of).flatMap(([key, node]) => {
    const path = join(folder, key);
    if (node === 'file' || node === 'link') return node === kind ? [path] : [];
    return pathsOf(path, node, kind);
  });

it('hands out each file once, and names what it leaves out', () => {
  fc.assert(
    fc.property(tree, fc.integer({ min: 1, max: 7 }), fc.boolean(), (of, batch, everything) => {
      const root = mkdtempSync(join(tmpdir(), 'keyturn-walk-'));
      try {
        make(root, of);
        const missed: NotRead[] = [];
        const given: string[] = [];
        const walk = createWalk([root], { notRead: (entry) => missed.push(entry), everything });
        for (let groups = walk.next(batch); groups !== null; groups = walk.next(batch))
          for (const group of groups)
            for (const at of group.names.keys()) given.push(String(pathInGroup(group, at)));
        const left = missed.filter(({ reason }) => reason === 'ignored-folder').map(({ path }) => path);
        const isLeft = (path: string): boolean => left.some((folder) => path.startsWith(`${folder}/`));
        const files = pathsOf(root, of, 'file');
        expect(given.toSorted()).toEqual(files.filter((path) => !isLeft(path)).toSorted());
        const links = pathsOf(root, of, 'link').filter((path) => !isLeft(path)).length;
        const told = missed
          .filter(({ reason }) => reason === 'link')
          .reduce((sum, { count = 1 }) => sum + count, 0);
        expect(told).toBe(links);
        if (everything) expect(left).toEqual([]);
        else for (const folder of left) expect(folder).toMatch(/\/(node_modules|vendor)$/);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    }),
    { numRuns: 150 },
  );
});
