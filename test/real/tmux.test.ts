// Buffers and screens of a real tmux server of our own; one that does not run is not started.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTmux } from '../../src/node/scan/readers/tmux.ts';
import { collectingSink } from '../support/leaks/collecting-sink.ts';

let folder: string;
let socket: string;
const environment = (): Record<string, string | undefined> => ({
  ...process.env,
  TMUX_TMPDIR: folder,
  TMUX: undefined,
});
const tmux = (...words: readonly string[]): void => {
  execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], {
    env: { ...environment(), TERM: 'xterm' },
  });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kt-tmux-'));
  const own = join(folder, `tmux-${String(process.getuid?.())}`);
  mkdirSync(own, { mode: 0o700 });
  socket = join(own, 'default');
});
afterEach(() => {
  if (existsSync(socket)) {
    try {
      tmux('kill-server');
    } catch {
      // It was no server.
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Where it is not installed there is nothing to read, and that is what is tested. */
const isInstalled = spawnSync('tmux', ['-V']).status === 0;

const testWithout = (): void => {
  it('nothing is read', () => {
    const sink = collectingSink();
    readTmux(sink, environment());
    expect(sink.pieces).toEqual([]);
  });
};

const testTmux = (): void => {
  it('gives what was copied, and what a screen showed, lines that its width broke together', async () => {
    const long = `begin-${'0123456789'.repeat(12)}-end`;
    const copied = join(folder, 'copied');
    writeFileSync(copied, `a copied line\nand ${long}`);
    const shown = join(folder, 'shown');
    writeFileSync(shown, `${long}\n`);
    tmux('new-session', '-d', '-x', '40', '-y', '10', `cat '${shown}'; sleep 60`);
    tmux('load-buffer', '-b', 'mine', copied);
    let sink = collectingSink();
    for (let tries = 0; tries < 50; tries += 1) {
      sink = collectingSink();
      readTmux(sink, environment());
      if (sink.text('pane %0').includes('-end')) break;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    expect(sink.text('buffer mine')).toBe(`a copied line\nand ${long}`);
    expect(sink.text('pane %0')).toContain(long);
    expect(sink.pieces.every(({ label }) => label.kind === 'terminal' && label.path === socket)).toBe(true);
    expect(sink.missed).toEqual([]);
  });

  it('that does not run is not started, and a socket that says nothing holds nobody up for long', async () => {
    const sink = collectingSink();
    readTmux(sink, environment());
    expect(readdirSync(join(socket, '..'))).toEqual([]);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(socket, resolve);
    });
    const began = performance.now();
    readTmux(sink, environment());
    server.close();
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(sink.pieces).toEqual([]);
  });

  it('is not looked for on a path that is not absolute', () => {
    const sink = collectingSink();
    tmux('new-session', '-d', 'sleep 60');
    readTmux(sink, { ...environment(), PATH: `.:${folder}` });
    expect(sink.pieces).toEqual([]);
  });
};

describe('tmux', () => {
  if (isInstalled) testTmux();
  else testWithout();
});
