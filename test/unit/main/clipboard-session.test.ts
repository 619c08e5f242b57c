// The way of a value to the clipboard and off it again, on boards that behave as the system's do.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sameBytes, type Board } from '../../../src/main/clipboard/board.ts';
import { ClipboardSession, type ClipboardChange } from '../../../src/main/clipboard/clipboard-session.ts';
import { concealmentFormats } from '../../../src/main/clipboard/concealment.ts';
import { markerFile } from '../../../src/main/clipboard/marker.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array): string => new TextDecoder().decode(value);

class MemoryBoard implements Board {
  readonly name: Board['name'];
  content: Uint8Array = new Uint8Array();
  refusesWrites = false;
  ignoresClear = false;
  constructor(name: Board['name']) {
    this.name = name;
  }
  write(value: Uint8Array): Promise<void> {
    if (this.refusesWrites) return Promise.reject(new Error('taken'));
    this.content = value.slice();
    return Promise.resolve();
  }
  read(): Promise<Uint8Array> {
    return Promise.resolve(this.content.slice());
  }
  clear(): Promise<void> {
    if (!this.ignoresClear) this.content = new Uint8Array();
    return Promise.resolve();
  }
}

const place = { keyId: 'a'.repeat(32), field: 'secret' };
const mark = { salt: 'b'.repeat(32), digest: 'c'.repeat(6) };
let folder: string;
let file: string;
let main: MemoryBoard;
let primary: MemoryBoard;
let now: number;
let due: { at: number; task: () => void; cancelled: boolean }[];
let changes: ClipboardChange[];
let known: string | null;
let answers: boolean;
let session: ClipboardSession;

const makeSession = (): ClipboardSession =>
  new ClipboardSession({
    boards: [main, primary],
    marker: markerFile(file),
    mark: (value) => {
      known = text(value);
      return Promise.resolve(mark);
    },
    recognise: (_mark, value) =>
      answers ? Promise.resolve(text(value) === known) : Promise.reject(new Error('no answer')),
    changed: (change) => changes.push(change),
    nowMs: () => now,
    after: (ms, task) => {
      const entry = { at: now + ms, task, cancelled: false };
      due.push(entry);
      return () => {
        entry.cancelled = true;
      };
    },
  });

const pass = async (ms: number): Promise<void> => {
  now += ms;
  for (const entry of due.filter((one) => one.at <= now && !one.cancelled)) {
    entry.cancelled = true;
    entry.task();
  }
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-clipboard-'));
  file = join(folder, 'clipboard.json');
  main = new MemoryBoard('clipboard');
  primary = new MemoryBoard('primary');
  now = 1_000;
  due = [];
  changes = [];
  known = null;
  answers = true;
  session = makeSession();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a copied value', () => {
  it('is on both clipboards, with a countdown', async () => {
    const result = await session.copy(place, bytes('value-one'), 20);
    expect(result).toEqual({ ok: true, value: { ...place, clearsAtMs: 21_000 } });
    expect([text(main.content), text(primary.content)]).toEqual(['value-one', 'value-one']);
    expect(session.held).toEqual({ ...place, clearsAtMs: 21_000 });
    expect(changes).toEqual([{ held: { ...place, clearsAtMs: 21_000 }, proven: false }]);
  });

  it('is gone from both after its time, proven by reading back, and its bytes are wiped', async () => {
    const value = bytes('value-one');
    await session.copy(place, value, 20);
    await pass(19_999);
    expect(text(main.content)).toBe('value-one');
    await pass(1);
    expect([main.content.length, primary.content.length]).toEqual([0, 0]);
    expect(changes.at(-1)).toEqual({ held: null, proven: true });
    expect(session.held).toBeNull();
    expect(value.every((byte) => byte === 0)).toBe(true);
  });

  it('is gone at once on a second press, and the timer does nothing more', async () => {
    await session.copy(place, bytes('value-one'), 20);
    expect(await session.clear()).toBe(true);
    expect(main.content.length).toBe(0);
    main.content = bytes('something else');
    await pass(60_000);
    expect(text(main.content)).toBe('something else');
    expect(changes).toHaveLength(2);
  });

  it('leaves alone what somebody else has put there since, on each clipboard by itself', async () => {
    await session.copy(place, bytes('value-one'), 20);
    main.content = bytes('a letter');
    await pass(20_000);
    expect([text(main.content), primary.content.length]).toEqual(['a letter', 0]);
    expect(changes.at(-1)).toEqual({ held: null, proven: true });
  });

  it('gives way to the next one, whose time counts from its own copy', async () => {
    const first = bytes('value-one');
    await session.copy(place, first, 20);
    await pass(10_000);
    await session.copy({ ...place, field: 'name' }, bytes('value-two'), 20);
    expect(first.every((byte) => byte === 0)).toBe(true);
    await pass(10_000);
    expect(text(main.content)).toBe('value-two');
    await pass(10_000);
    expect(main.content.length).toBe(0);
  });

  it('stays with its countdown when the next one cannot be written', async () => {
    await session.copy(place, bytes('value-one'), 20);
    main.refusesWrites = true;
    const second = bytes('value-two');
    expect(await session.copy(place, second, 20)).toMatchObject({ ok: false, error: { kind: 'io' } });
    expect(second.every((byte) => byte === 0)).toBe(true);
    expect(session.held).not.toBeNull();
    await pass(20_000);
    expect(main.content.length).toBe(0);
  });

  it('is copied all the same where PRIMARY refuses', async () => {
    primary.refusesWrites = true;
    primary.content = bytes('a selection');
    expect(await session.copy(place, bytes('value-one'), 20)).toMatchObject({ ok: true });
    expect(await session.clear()).toBe(true);
    expect([main.content.length, text(primary.content)]).toEqual([0, 'a selection']);
  });

  it('is not called gone when the clipboard keeps it', async () => {
    main.ignoresClear = true;
    await session.copy(place, bytes('value-one'), 20);
    expect(await session.clear()).toBe(false);
    expect(changes.at(-1)).toEqual({ held: null, proven: false });
    expect(markerFile(file).read()).toEqual(mark);
  });
});

describe('after a crash', () => {
  it('the next start clears what the last one left, and only that', async () => {
    await session.copy(place, bytes('value-one'), 20);
    primary.content = bytes('a letter');
    await makeSession().tidyUp();
    expect([main.content.length, text(primary.content)]).toEqual([0, 'a letter']);
    expect(markerFile(file).read()).toBeNull();
  });

  it('keeps the mark for another try when the agent does not answer', async () => {
    await session.copy(place, bytes('value-one'), 20);
    answers = false;
    await makeSession().tidyUp();
    expect(text(main.content)).toBe('value-one');
    answers = true;
    await makeSession().tidyUp();
    expect(main.content.length).toBe(0);
  });

  it('a start without a mark touches nothing', async () => {
    main.content = bytes('a letter');
    await makeSession().tidyUp();
    expect(text(main.content)).toBe('a letter');
  });

  it('a mark that was tampered with is no mark', async () => {
    for (const content of ['', '{}', 'null', JSON.stringify({ version: 1, mark: { ...mark, extra: 1 } })]) {
      writeFileSync(file, content);
      expect(markerFile(file).read()).toBeNull();
    }
  });
});

describe('the mark on disk', () => {
  it('is readable by the person alone, holds no value and goes with the value', async () => {
    await session.copy(place, bytes('value-one'), 20);
    expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, mark });
    await session.clear();
    expect(markerFile(file).read()).toBeNull();
  });
});

describe('what goes beside the value', () => {
  it.each([
    ['darwin', 'org.nspasteboard.ConcealedType'],
    ['win32', 'ExcludeClipboardContentFromMonitorProcessing'],
    ['win32', 'CanIncludeInClipboardHistory'],
    ['win32', 'CanUploadToCloudClipboard'],
    ['linux', 'x-kde-passwordManagerHint'],
  ])('asks the managers of %s to look away: %s', (platform, format) => {
    expect(Object.keys(concealmentFormats(platform))).toContain(
      `electron application/osclipboard;format="${format}"`,
    );
  });
});

describe('comparing bytes', () => {
  it('tells equal from different in any place and length', () => {
    expect(sameBytes(bytes('abc'), bytes('abc'))).toBe(true);
    for (const other of ['abd', 'xbc', 'ab', 'abcd', ''])
      expect(sameBytes(bytes('abc'), bytes(other))).toBe(false);
  });
});
