// Every parser of the product on bytes that nobody meant for it: total (no exception, no hang), strict where it is said to be, and what
// it accepts survives being written and read again. What was found once stands in cases/<parser>/ and is tried first, for ever.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from '../../src/contract/wire.ts';
import { readSettings, writeSettings } from '../../src/agent/settings-file.ts';
import { createFailedUnlocks } from '../../src/agent/failed-unlocks.ts';
import { parseDotenv, serialiseDotenv } from '../../src/core/delivery/dotenv-document.ts';
import { readStored, toBody } from '../../src/core/keys/stored.ts';
import { isOwnCalendar, calendarOf } from '../../src/core/keys/ical/calendar.ts';
import { parseSchedule, writeSchedule } from '../../src/core/keys/reminders/parse-schedule.ts';
import type { Schedule } from '../../src/core/keys/reminders/schedule.ts';
import { readDefinitions, writeDefinitions } from '../../src/core/providers/read-definition.ts';
import { recognise } from '../../src/core/providers/recognise.ts';
import { classifyVariable } from '../../src/core/providers/classify-variable.ts';
import { canonicalJson, parseObject } from '../../src/core/vault/canonical-json.ts';
import { inspectFile } from '../../src/core/vault/inspect.ts';
import { checkKdfParams } from '../../src/core/vault/kdf-params.ts';
import { encodeManifest, parseManifest } from '../../src/core/vault/manifest.ts';
import { pad, unpad } from '../../src/core/vault/padding.ts';
import { formatRecoveryCode, parseRecoveryCode } from '../../src/core/vault/recovery-code.ts';
import { isSlotWhole, slotParams } from '../../src/core/vault/slots.ts';
import { markerFile } from '../../src/main/clipboard/marker.ts';
import { readJsonFile } from '../../src/main/json-file.ts';
import { findDangerousSwitch } from '../../src/main/security/switches.ts';
import { isSafeExternal } from '../../src/main/security/external.ts';
import { answerRequest, buildManifest } from '../../src/main/security/protocol.ts';
import { openingFor, placeShape } from '../../src/main/window/place.ts';
import { nodeFiles } from '../../src/node/files.ts';
import { createFrameReader, frameOf } from '../../src/node/frames.ts';
import { sodiumAead } from '../../src/node/sodium.ts';
import { bytesOf } from '../support/agents.ts';
import { mutated } from '../support/mutate.ts';
import { sampleKey } from '../support/key-samples.ts';
import { sealedParsers, type Parser } from './sealed-parsers.ts';

const isLong = process.env['KEYTURN_LONG'] === '1';
const longestCpuMs = 1_000;
const golden = resolve(import.meta.dirname, '../golden/vault-v1');
const casesFolder = resolve(import.meta.dirname, 'cases');
const ownProvider = readFileSync(
  resolve(import.meta.dirname, '../fixtures/providers/in-house-api.json'),
  'utf8',
);
const folder = mkdtempSync(join(tmpdir(), 'keyturn-fuzz-'));
const file = join(folder, 'file');
const files = nodeFiles();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Vectors = {
  readonly slot: { readonly id: string; readonly body: string };
  readonly row: { readonly sealed?: string };
};
const vectors = JSON.parse(readFileSync(join(golden, 'vectors.json'), 'utf8')) as Vectors;
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const onDisk = <T>(bytes: Uint8Array, read: () => T): T => {
  writeFileSync(file, bytes);
  return read();
};

const manifest = encodeManifest({
  format: 1,
  counter: 7,
  auditCount: 3,
  auditHead: new Uint8Array(32).fill(9),
  slots: new Uint8Array(64).fill(5),
  leafTags: new Uint8Array(8192).fill(3),
});

const settings = {
  theme: 'dark',
  lockAfterMinutes: 5,
  lockOnSystemLock: true,
  lockOnSleep: true,
  clipboardSeconds: 30,
};
const schedule: Schedule = {
  version: 1,
  vault: '0123456789abcdef',
  writtenAtMs: 3_600_000,
  entries: [{ id: 'a'.repeat(32), kind: 'expires', day: '2026-12-04', atMs: [3_600_000, 7_200_000] }],
  shown: [{ id: 'a'.repeat(32), upToMs: 3_600_000 }],
  snoozed: [{ id: 'a'.repeat(32), untilMs: 5, taken: false }],
};
const calendar =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keyturn//Due dates//EN\r\nBEGIN:VEVENT\r\nUID:a@keyturn\r\nDTSTAMP:20261122T080000Z\r\nLAST-MODIFIED:20261122T080000Z\r\nSEQUENCE:0\r\nSUMMARY:folded\r\n  here\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
const dotenv = `# comment\nexport A=1\nB="two \\n words" # why\nC='x$y'\nD=\`back\`\n\nE=\r\nCIRCA_API_KEY=${sampleKey('circa', 'live', 3)}\nlong="a\nb"\n`;
const code = formatRecoveryCode('0123456789ABCDEFGHJKMNPQRSTVWXYZ');

let aead: Awaited<ReturnType<typeof sodiumAead>>;
beforeAll(async () => {
  aead = await sodiumAead();
});

const pages = buildManifest('/root', ['index.html', 'assets/a.js']);

const vaultFile = new Uint8Array(readFileSync(join(golden, 'small.keyturn')));
const states = ['ready', 'older', 'newer', 'truncated', 'not-a-vault', 'missing'];

/** By the name of its folder of cases. */
const parsers: Readonly<Record<string, Parser>> = {
  ...sealedParsers,
  // A backup is a vault file: both are told by this before SQLite sees them; what follows is test/property/vault-tamper.test.ts.
  'vault-file': {
    seeds: [vaultFile.slice(0, 100), vaultFile.slice(0, 8_192)],
    parse: (bytes) => {
      const facts = onDisk(bytes, () => inspectFile(files, file, 1));
      expect(facts.ok && states.includes(facts.value.state)).toBe(true);
      // Nothing shorter than itself is ever taken for ready.
      if (facts.ok && facts.value.state === 'ready') expect(bytes.length).toBeGreaterThanOrEqual(100);
    },
  },
  slot: {
    seeds: [hex(vectors.slot.body)],
    parse: (body) => {
      const slot = { id: hex(vectors.slot.id), body };
      if (!isSlotWhole(aead, slot)) return;
      // Sixteen bytes of hash stand between chance and a slot that is taken for whole.
      expect(Buffer.from(body).toString('hex')).toBe(vectors.slot.body);
      expect(checkKdfParams(slotParams(slot)).ok).toBe(true);
    },
  },
  manifest: {
    seeds: [manifest],
    parse: (bytes) => {
      const read = parseManifest(bytes);
      if (read !== null) expect(Buffer.from(encodeManifest(read)).equals(Buffer.from(bytes))).toBe(true);
    },
  },
  padding: {
    seeds: [pad(bytesOf('text')), pad(new Uint8Array(2_000))],
    parse: (bytes) => {
      const read = unpad(bytes);
      if (read !== null) expect(Buffer.from(pad(read)).equals(Buffer.from(bytes))).toBe(true);
    },
  },
  'canonical-json': {
    seeds: [bytesOf('{"a":1,"b":[true,null,"x\\u0000"],"type":"key"}'), bytesOf('{"type":"é","z":-0.5e-7}')],
    parse: (bytes) => {
      const read = parseObject(bytes);
      if (read === null) return;
      // Compared as text: RFC 8785 writes -0 as 0, and `toEqual` tells the two apart.
      const written = canonicalJson(read);
      expect(canonicalJson(parseObject(bytesOf(written)) ?? {})).toBe(written);
    },
  },
  stored: {
    seeds: [
      bytesOf('{"type":"project","name":"a"}'),
      bytesOf('{"environmentId":"00","name":"A","type":"variable","value":"1"}'),
    ],
    parse: (bytes) => {
      const body = parseObject(bytes);
      const read = body === null ? null : readStored(body);
      if (read !== null) expect(readStored(toBody(read))).toEqual(read);
    },
  },
  'recovery-code': {
    seeds: [bytesOf(code), bytesOf('O1l2-3456')],
    parse: (bytes) => {
      const read = parseRecoveryCode(textOf(bytes));
      if (read.ok) expect(parseRecoveryCode(formatRecoveryCode(read.value))).toEqual(read);
      else expect(read.error.message.length).toBeLessThan(300);
    },
  },
  dotenv: {
    seeds: [bytesOf(dotenv), bytesOf('A="'), bytesOf('\ufeffA=1\r\nB=2')],
    parse: (bytes) => {
      const read = parseDotenv(bytes);
      if (read.ok) expect(Buffer.from(serialiseDotenv(read.value)).equals(Buffer.from(bytes))).toBe(true);
    },
  },
  recognition: {
    seeds: [
      bytesOf(dotenv),
      bytesOf(`Bearer ${sampleKey('circa', 'test', 1)}`),
      bytesOf(sampleKey('circle-w3s', 'live', 1)),
    ],
    parse: (bytes) => {
      const text = textOf(bytes);
      for (const candidate of recognise(text).candidates) {
        for (const { start, end } of candidate.occurrences)
          expect(start >= 0 && start < end && end <= text.length).toBe(true);
      }
      classifyVariable(text.slice(0, 40), text);
    },
  },
  definitions: {
    seeds: [bytesOf(ownProvider), bytesOf('{"keyturn":"providers","version":1,"providers":[]}')],
    parse: (bytes) => {
      const read = readDefinitions(textOf(bytes), { source: 'fuzz.json' });
      if (read.ok)
        expect(readDefinitions(writeDefinitions(read.value), { source: 'fuzz.json' })).toEqual(read);
      else expect(read.error.message).toContain('Nothing was changed');
    },
  },
  wire: {
    seeds: [
      encodeMessage({ id: 1, name: 'keys.list', input: { removed: true, list: [1, 'x', null] } }),
      encodeMessage({ id: 2, name: 'vault.unlock', input: { password: bytesOf('pass') } }),
      encodeMessage({ id: 3, result: { ok: false, error: { kind: 'locked', message: 'm', next: 'n' } } }),
      encodeMessage({ event: 'task.progress', payload: { done: 1 } }),
    ],
    parse: (bytes) => {
      const read = decodeMessage(bytes);
      if (read !== null) expect(decodeMessage(encodeMessage(read))).toEqual(read);
    },
  },
  frames: {
    seeds: [frameOf(bytesOf('one')), new Uint8Array([...frameOf(bytesOf('a')), ...frameOf(bytesOf('bc'))])],
    parse: (bytes) => {
      const whole = createFrameReader(300).take(bytes);
      const reader = createFrameReader(300);
      const pieces = Array.from(bytes, (byte) => reader.take(Uint8Array.of(byte)));
      const cut = pieces.includes(null) ? null : pieces.flatMap((piece) => piece ?? []);
      expect(cut).toEqual(whole);
    },
  },
  settings: {
    seeds: [bytesOf(JSON.stringify(settings)), bytesOf('{}')],
    parse: (bytes) => {
      const read = onDisk(bytes, () => readSettings(files, file));
      expect(read.settings.clipboardSeconds).toBeGreaterThanOrEqual(5);
      if (read.problem !== null) return;
      expect(writeSettings(files, file, read.settings).ok).toBe(true);
      expect(readSettings(files, file)).toEqual(read);
    },
  },
  'failed-unlocks': {
    seeds: [bytesOf('{"count":4,"recent":[{"atMs":1,"by":"app"}]}')],
    parse: (bytes) => {
      const failures = onDisk(bytes, () => createFailedUnlocks(files, file));
      const retryAtMs = failures.retryAtMs(1_000_000);
      // Whatever the file says, nobody is locked out for long.
      if (retryAtMs !== null) expect(retryAtMs - 1_000_000).toBeLessThanOrEqual(300_000);
      for (const line of failures.settle()) expect(line.event).toBe('unlock-failed');
    },
  },
  schedule: {
    seeds: [bytesOf(writeSchedule(schedule)), bytesOf('{}'), bytesOf('{"version":1}')],
    parse: (bytes) => {
      const parsed = parseSchedule(textOf(bytes));
      if (parsed === null) return;
      expect(parseSchedule(writeSchedule(parsed))).toEqual(parsed);
      // Nothing gets in that says more than a day, a word, a time.
      const allowed =
        /^("([0-9a-f]{16}|[0-9a-f]{32}|\d{4}-\d{2}-\d{2}|expires|rotate|date|activate)"|\d+|true|false)$/;
      JSON.stringify(parsed, (_name, value: unknown) => {
        if (typeof value !== 'object') expect(JSON.stringify(value)).toMatch(allowed);
        return value;
      });
    },
  },
  calendar: {
    seeds: [bytesOf(calendar), bytesOf(calendar.replace('SEQUENCE:0', 'SEQUENCE:9e99'))],
    parse: (bytes) => {
      const before = textOf(bytes);
      const { text } = calendarOf([], true, before, 0);
      expect(isOwnCalendar(text)).toBe(true);
      if (isOwnCalendar(before)) expect(before).toMatch(/^BEGIN:VCALENDAR\r\n/);
    },
  },
  'window-place': {
    seeds: [bytesOf('{"x":1,"y":2,"width":900,"height":600,"maximised":false}')],
    parse: (bytes) => {
      const place = onDisk(bytes, () => readJsonFile(file, placeShape));
      const opening = openingFor(place, [{ x: 0, y: 0, width: 1_920, height: 1_080 }]);
      expect(opening.width).toBeGreaterThanOrEqual(900);
      expect(opening.width).toBeLessThanOrEqual(1_920);
    },
  },
  'clipboard-marker': {
    seeds: [bytesOf(`{"version":1,"mark":{"salt":"${'0a'.repeat(16)}","digest":"0a0b0c"}}`)],
    parse: (bytes) => {
      const mark = onDisk(bytes, () => markerFile(file).read());
      if (mark !== null) expect(mark.digest).toMatch(/^[0-9a-f]{6}$/);
    },
  },
  'command-line-switch': {
    seeds: [
      bytesOf('--no-sandbox'),
      bytesOf('--Remote-Debugging-Port=1'),
      bytesOf('/inspect'),
      bytesOf('--demo'),
    ],
    parse: (bytes) => {
      findDangerousSwitch(textOf(bytes).split(' '), () => false);
    },
  },
  address: {
    seeds: [
      bytesOf('https://portal.example/keys?a=1'),
      bytesOf('app://vault/index.html'),
      bytesOf('javascript:alert(1)'),
    ],
    parse: (bytes) => {
      const text = textOf(bytes);
      if (isSafeExternal(text)) expect(new URL(text).protocol).toBe('https:');
      const { file: served } = answerRequest({ method: 'GET', url: text }, 'vault', pages);
      expect([null, '/root/index.html', '/root/assets/a.js']).toContain(served);
    },
  },
};

const casesOf = (name: string): readonly Uint8Array[] => {
  const place = join(casesFolder, name);
  return existsSync(place)
    ? readdirSync(place)
        .sort()
        .map((each) => new Uint8Array(readFileSync(join(place, each))))
    : [];
};

const parseInTime = (parser: Parser, bytes: Uint8Array): void => {
  const before = process.cpuUsage();
  parser.parse(bytes);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(longestCpuMs);
};

const longMs = (10 * 60_000) / Object.keys(parsers).length;

describe('a parser on bytes that nobody meant for it', () => {
  for (const [name, parser] of Object.entries(parsers)) {
    it(`${name} keeps to its rules on what was found before`, () => {
      const known = [...parser.seeds, ...casesOf(name)];
      expect(known.length).toBeGreaterThan(0);
      for (const bytes of known) parseInTime(parser, bytes);
    });

    it(
      `${name} keeps to its rules on anything near what it knows`,
      () => {
        const seeds = [...parser.seeds, ...casesOf(name)];
        fc.assert(
          fc.property(mutated(seeds), (bytes) => parseInTime(parser, bytes)),
          isLong
            ? { numRuns: 100_000_000, interruptAfterTimeLimit: longMs, endOnFailure: true }
            : { numRuns: 400 },
        );
      },
      isLong ? longMs * 2 : 60_000,
    );
  }
});
