// What the shell does about pasted keys: keeps a scanner running, tells through the system with a name only while unlocked, looks at the
// clipboard only when it may, opens places without a shell.
import { describe, expect, it } from 'vitest';
import { createClipboardWatch } from '../../../src/main/leaks/clipboard-watch.ts';
import { createLeakNotices } from '../../../src/main/leaks/leak-notices.ts';
import { createScannerKeeper, type ScannerChild } from '../../../src/main/leaks/scanner-keeper.ts';
import { editors, placeOpener } from '../../../src/main/open-place.ts';
import type { NoticeText } from '../../../src/main/reminders/notices.ts';
import { sampleKey } from '../../support/key-samples.ts';

type Child = ScannerChild & {
  readonly say: (message: unknown) => void;
  readonly end: (code: number) => void;
  killed: boolean;
};

const newChild = (): Child => {
  const listeners = new Map<string, (value: never) => void>();
  const child: Child = {
    on: (event: string, listener: (value: never) => void) => listeners.set(event, listener),
    kill: () => {
      child.killed = true;
      return true;
    },
    killed: false,
    say: (message) => listeners.get('message')?.(message as never),
    end: (code) => listeners.get('exit')?.(code as never),
  };
  return child;
};

const keeperOf = () => {
  const children: Child[] = [];
  const waits: { readonly ms: number; readonly task: () => void }[] = [];
  const noticed: unknown[] = [];
  let nowMs = 0;
  const keeper = createScannerKeeper({
    fork: () => {
      const child = newChild();
      children.push(child);
      return child;
    },
    onNoticed: (path, count) => noticed.push([path, count]),
    log: () => undefined,
    nowMs: () => nowMs,
    after: (ms, task) => {
      const wait = { ms, task };
      waits.push(wait);
      return () => waits.splice(waits.indexOf(wait), 1);
    },
  });
  return { keeper, children, waits, noticed, pass: (ms: number) => (nowMs += ms) };
};

describe('the scanner of the app', () => {
  it('is started again when it ends, more slowly each time it fails at its start', () => {
    const { keeper, children, waits, pass } = keeperOf();
    keeper.start();
    const delays: number[] = [];
    for (let count = 0; count < 9; count += 1) {
      children.at(-1)?.end(1);
      const wait = waits.pop();
      delays.push(wait?.ms ?? 0);
      wait?.task();
    }
    expect(delays).toEqual([...delays].sort((left, right) => left - right));
    expect(delays.at(-1)).toBe(60_000);
    pass(20_000);
    children.at(-1)?.end(1);
    expect(waits.at(-1)?.ms).toBeLessThan(1_000);
  });

  it('is not started again once the app stops', () => {
    const { keeper, children, waits } = keeperOf();
    keeper.start();
    children[0]?.end(1);
    keeper.stop();
    expect(waits).toEqual([]);
    expect(children).toHaveLength(1);
    keeper.start();
    keeper.stop();
    expect(children[1]?.killed).toBe(true);
  });

  it('is believed only what it may say', () => {
    const { keeper, children, noticed } = keeperOf();
    keeper.start();
    for (const message of [
      null,
      7,
      {},
      { noticed: 1 },
      { noticed: { path: 3, count: 1 } },
      { noticed: { path: '/a', count: 0 } },
    ])
      children[0]?.say(message);
    expect(noticed).toEqual([]);
    children[0]?.say({ noticed: { path: '/a', count: 2 } });
    expect(noticed).toEqual([['/a', 2]]);
  });
});

const noticesOf = (unlocked: boolean) => {
  const shown: { text: NoticeText; click: () => void; closed: boolean }[] = [];
  let nowMs = 0;
  let opened = 0;
  const notices = createLeakNotices({
    show: (text, click) => {
      const notice = { text, click, closed: false };
      shown.push(notice);
      return {
        close: () => {
          notice.closed = true;
        },
      };
    },
    open: () => {
      opened += 1;
    },
    unlocked: () => unlocked,
    nowMs: () => nowMs,
  });
  return { notices, shown, opened: () => opened, pass: (ms: number) => (nowMs += ms) };
};

describe('the notice of a pasted key', () => {
  it('says while the vault is locked where, and not which', () => {
    const { notices, shown, opened } = noticesOf(false);
    notices.noticed('/home/me/notes.txt', 1);
    expect(shown[0]?.text).toEqual({
      title: 'A key of yours was pasted',
      body: 'Into /home/me/notes.txt. Unlock Keyturn to see which it is.',
      actions: [],
    });
    shown[0]?.click();
    expect(opened()).toBe(1);
  });

  it('is told once in a while for a file that is written again and again', () => {
    const { notices, shown, pass } = noticesOf(false);
    notices.noticed('/a', 1);
    notices.noticed('/a', 1);
    notices.noticed('/b', 1);
    expect(shown).toHaveLength(2);
    pass(31_000);
    notices.noticed('/a', 1);
    expect(shown).toHaveLength(3);
    expect(shown.map(({ closed }) => closed)).toEqual([true, true, false]);
  });

  it('is left to the agent while the vault is unlocked', () => {
    const { notices, shown } = noticesOf(true);
    notices.noticed('/a', 1);
    expect(shown).toEqual([]);
    notices.take({ news: null });
    notices.take({ news: { title: 'mail was pasted', body: 'Into /a.', ids: [] } });
    expect(shown.map(({ text }) => text.title)).toEqual(['mail was pasted']);
  });
});

const clipboardOf = (text: string, answer: unknown) => {
  const read: Uint8Array[] = [];
  const asked: string[] = [];
  const shown: NoticeText[] = [];
  const state = { text, wanted: true };
  const look = createClipboardWatch({
    read: () => {
      const bytes = new TextEncoder().encode(state.text);
      read.push(bytes);
      return Promise.resolve(bytes);
    },
    ask: ((name: string, input: { readonly text: Uint8Array }) => {
      asked.push(`${name} ${new TextDecoder().decode(input.text)}`);
      return Promise.resolve(answer);
    }) as never,
    wanted: () => state.wanted,
    show: (notice) => {
      shown.push(notice);
      return { close: () => undefined };
    },
    add: () => undefined,
  });
  return { look, read, asked, shown, state };
};

describe('the clipboard', () => {
  const key = sampleKey('circa', 'live', 3);
  const unknown = { ok: true, value: { keyId: null, name: null, providerName: 'Circa' } };

  it('is offered to be kept, and what was read is wiped', async () => {
    const { look, read, asked, shown } = clipboardOf(key, unknown);
    await look();
    expect(asked).toEqual([`leaks.clipboard ${key}`]);
    expect(shown.map(({ title }) => title)).toEqual(['A key of Circa is on the clipboard']);
    expect(read).toHaveLength(1);
    for (const bytes of read) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('is not looked at while it may not be', async () => {
    const { look, read, state } = clipboardOf(key, unknown);
    state.wanted = false;
    await look();
    expect(read).toEqual([]);
  });

  it('says nothing of a key that is in the vault, of what is no key, and of long texts', async () => {
    for (const value of [{ keyId: 'a'.repeat(32), name: 'x', providerName: null }, null]) {
      const { look, shown } = clipboardOf(key, { ok: true, value });
      await look();
      expect(shown).toEqual([]);
    }
    const long = clipboardOf('x'.repeat(9_000), unknown);
    await long.look();
    expect(long.asked).toEqual([]);
  });
});

describe('opening a place', () => {
  const place = { path: '/home/me/it’s $(here)/a b.py', line: 12, column: 3 };
  const openerOf = (installed: readonly string[], isFile = true) => {
    const ran: unknown[] = [];
    const shown: string[] = [];
    const open = placeOpener({
      isFile: () => isFile,
      find: (program) => (installed.includes(program) ? `/usr/bin/${program}` : null),
      run: (program, words) => {
        ran.push([program, ...words]);
        return Promise.resolve(true);
      },
      showInFolder: (path) => shown.push(path),
    });
    return { open, ran, shown };
  };

  it('gives the path as a word of its own, whatever is in it', async () => {
    for (const editor of editors) {
      const { open, ran } = openerOf([editor.program]);
      expect(await open(place)).toEqual({ ok: true, value: editor.name });
      const words = (ran[0] as string[]).slice(1);
      expect(words.filter((word) => word.startsWith(place.path))).toHaveLength(1);
    }
  });

  it('shows the folder where no editor is installed', async () => {
    const { open, shown } = openerOf([]);
    expect(await open(place)).toEqual({ ok: true, value: 'its folder' });
    expect(shown).toEqual([place.path]);
  });

  it('opens nothing that is no file, and nothing that could be an option', async () => {
    for (const [path, isFile] of [
      ['/gone', false],
      ['--execute', true],
    ] as const) {
      const { open, ran, shown } = openerOf(['code'], isFile);
      expect(await open({ ...place, path })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
      expect([ran, shown]).toEqual([[], []]);
    }
  });
});
