// Looks for values in the memory of other processes, as the operating system shows it (/proc/<pid>/mem, Linux). Counts copies in
// every form that a value takes on its way; prints and keeps nothing of what it reads.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

export type Needle = { readonly name: string; readonly bytes: Uint8Array };
/** Copies found, by the needle's name and the form. */
export type Found = { readonly needle: string; readonly form: string; readonly count: number };

const chunkBytes = 8 * 1024 * 1024;

type Region = { readonly start: number; readonly end: number };

/** What a process has written to or could have: all that is readable and not a file's unchanged content. */
const regionsOf = (pid: number): readonly Region[] =>
  readFileSync(`/proc/${String(pid)}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) (....) \S+ \S+ (\d+)\s*(.*)$/.exec(line);
      if (match === null) return [];
      const [, start = '', end = '', rights = '', inode = '', name = ''] = match;
      const isMemory = rights.startsWith('rw') || (rights.startsWith('r') && inode === '0');
      if (!isMemory || /^\[(vvar|vsyscall|vdso)/.test(name)) return [];
      return [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }];
    });

const pageBytes = 4096;
const present = 0x80; // bit 63 of an entry: in memory; bit 62: in swap
const swapped = 0x40;

/** The parts of a region that hold anything: a heap reserves far more than it uses. */
function* runsOf(pagemap: number, { start, end }: Region): Generator<Region> {
  const step = 65_536;
  let from: number | null = null;
  for (let page = start / pageBytes; page < end / pageBytes; page += step) {
    const pages = Math.min(step, end / pageBytes - page);
    const entries = Buffer.alloc(pages * 8);
    const got = readSync(pagemap, entries, 0, entries.length, page * 8);
    for (let index = 0; index < pages; index += 1) {
      const flags = index * 8 + 7 < got ? (entries[index * 8 + 7] ?? 0) : 0;
      const address = (page + index) * pageBytes;
      if ((flags & (present | swapped)) !== 0) from ??= address;
      else if (from !== null) {
        yield { start: from, end: address };
        from = null;
      }
    }
  }
  if (from !== null) yield { start: from, end };
}

const base64Forms = (bytes: Uint8Array): readonly (readonly [string, Uint8Array])[] =>
  [0, 1, 2].map((skip) => {
    // The letters at both ends depend on neighbours: only whole groups are looked for.
    const whole = bytes.subarray(skip, skip + Math.floor((bytes.length - skip) / 3) * 3);
    return [`base64/${String(skip)}`, Buffer.from(Buffer.from(whole).toString('base64'), 'latin1')] as const;
  });

/** The forms in which a value is looked for, each as bytes. */
export const formsOf = (bytes: Uint8Array): readonly (readonly [string, Uint8Array])[] => {
  const hex = Buffer.from(bytes).toString('hex');
  const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes);
  const isText = Buffer.from(text, 'utf8').equals(Buffer.from(bytes));
  return [
    ['bytes', bytes],
    ...(isText
      ? [
          ['utf-16', Buffer.from(text, 'utf16le')] as const,
          ['utf-16, the other order', Buffer.from(text, 'utf16le').swap16()] as const,
        ]
      : []),
    ['hex', Buffer.from(hex, 'latin1')],
    ['hex, capitals', Buffer.from(hex.toUpperCase(), 'latin1')],
    ...base64Forms(bytes),
  ];
};

const countIn = (haystack: Buffer, wanted: Uint8Array, from: number): number => {
  let count = 0;
  for (let at = haystack.indexOf(wanted, from); at !== -1; at = haystack.indexOf(wanted, at + 1)) count += 1;
  return count;
};

type Form = { readonly needle: string; readonly form: string; readonly bytes: Uint8Array; count: number };

const searchRun = (mem: number, run: Region, forms: readonly Form[], buffer: Buffer): void => {
  const overlap = Math.max(...forms.map(({ bytes }) => bytes.length)) - 1;
  let kept = 0;
  for (let at = run.start; at < run.end;) {
    const wanted = Math.min(chunkBytes, run.end - at);
    let got = 0;
    try {
      got = readSync(mem, buffer, kept, wanted, at);
    } catch {
      // The process gave this part back meanwhile.
    }
    if (got === 0) {
      at += wanted;
      kept = 0;
      continue;
    }
    const view = buffer.subarray(0, kept + got);
    // What ended in the part kept from before was counted then.
    for (const form of forms)
      form.count += countIn(view, form.bytes, Math.max(0, kept - form.bytes.length + 1));
    kept = Math.min(overlap, view.length);
    view.copyWithin(0, view.length - kept);
    at += got;
  }
};

/** Which values stand in bytes, in whichever form. */
export const searchBytes = (haystack: Buffer, needles: readonly Needle[]): readonly string[] =>
  needles.flatMap(({ name, bytes }) =>
    formsOf(bytes)
      .filter(([, wanted]) => haystack.indexOf(wanted) !== -1)
      .map(([form]) => `${name} as ${form}`),
  );

/** Counts the copies of each value in one process. A process that is gone has none. */
export const searchProcess = (pid: number, needles: readonly Needle[]): readonly Found[] => {
  const forms: Form[] = needles.flatMap(({ name, bytes }) =>
    formsOf(bytes).map(([form, wanted]) => ({ needle: name, form, bytes: wanted, count: 0 })),
  );
  let files: readonly [number, number];
  let regions: readonly Region[];
  try {
    regions = regionsOf(pid);
    files = [openSync(`/proc/${String(pid)}/mem`, 'r'), openSync(`/proc/${String(pid)}/pagemap`, 'r')];
  } catch {
    // It has ended.
    return [];
  }
  const [mem, pagemap] = files;
  const buffer = Buffer.alloc(chunkBytes + 4096);
  try {
    for (const region of regions) {
      for (const run of runsOf(pagemap, region)) searchRun(mem, run, forms, buffer);
    }
  } finally {
    buffer.fill(0);
    closeSync(mem);
    closeSync(pagemap);
  }
  return forms.filter(({ count }) => count > 0).map(({ needle, form, count }) => ({ needle, form, count }));
};

export type Running = { readonly pid: number; readonly parent: number; readonly command: readonly string[] };

const running = (): readonly Running[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return [];
      }
    });

/** A process and everything that it started, directly or not. */
export const familyOf = (pid: number): readonly Running[] => {
  const all = running();
  const family = all.filter((each) => each.pid === pid);
  for (let index = 0; index < family.length; index += 1) {
    family.push(...all.filter((each) => each.parent === family[index]?.pid));
  }
  return family;
};

/** The scanners of one vault's folder. */
export const scannersOf = (home: string): readonly number[] =>
  running()
    .filter(({ command }) => command.includes(home) && command.some((word) => /scanner\.[jt]s$/.test(word)))
    .map(({ pid }) => pid);
