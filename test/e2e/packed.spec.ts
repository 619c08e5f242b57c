// What the built app does once it is packed: with a switch that opens it to others it leaves before there is a window, a vault's folder or an
// agent; without one it has no inspector. On the stand-in alone (playwright.config.ts): real Electron takes itself
// for packed by the name of its own file.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Bridge } from '../../src/contract/bridge.ts';
import { redact } from '../../src/main/log.ts';
import { dangerousSwitches } from '../../src/main/security/switches.ts';
import { launchApp } from '../support/app.ts';

test.describe.configure({ timeout: 180_000 });

const packed = { KEYTURN_STAND_IN_PACKAGED: '1' } as const;
const atOnce = 4;
/** Each switch is a start of its own; `npm test` takes every fifth, and the guard's own test all of them. */
const isLong = process.env['KEYTURN_LONG'] === '1';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-packed-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Left = { readonly word: string; readonly left: string };

/** How the app that was started with that word left, in words that can be compared. */
const startWith = async (word: string, at: number): Promise<Left> => {
  const home = join(folder, String(at));
  const app = await launchApp({ home, args: [word], env: packed, waitUntilReady: false });
  const code = await app.exited;
  const refused = /start\.refused switch="([^"]*)"/.exec(app.output())?.[1] ?? 'nothing';
  const made = existsSync(home) ? readdirSync(home).join(' ') : 'nothing';
  await app.close();
  return { word, left: `${String(code)}, refused ${refused}, made ${made}` };
};

test('leaves at once when it is started with any switch that opens it to others', async () => {
  const words = [
    ...dangerousSwitches.filter((_, at) => isLong || at % 5 === 0).map((name) => `--${name}=1`),
    ...['-no-sandbox', '--REMOTE-debugging-PORT=0', '/inspect'],
  ];
  const seen: Left[] = [];
  const queue = [...words.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      seen.push(await startWith(next[1], next[0]));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const nameOf = (word: string): string => redact(word.replace(/^[-/]+|=.*/g, '').toLowerCase(), '');
  const expected = words.map((word) => ({ word, left: `0, refused ${nameOf(word)}, made nothing` }));
  const sorted = (list: readonly Left[]): readonly Left[] =>
    list.toSorted((left, right) => left.word.localeCompare(right.word));
  expect(sorted(seen)).toEqual(sorted(expected));
});

test('without one it starts, has no inspector and loads none of its pages', async () => {
  const app = await launchApp({ home: join(folder, 'home'), env: packed });
  try {
    const page = await app.firstWindow();
    const state = await page.evaluate(() =>
      (globalThis as unknown as { readonly keyturn: Bridge }).keyturn['state.read']({}),
    );
    expect(state).toMatchObject({ ok: true, value: { vault: 'missing' } });
    const found = await app.evaluateMain(({ app: main, BrowserWindow, Menu }) => {
      const roles = (items: readonly Electron.MenuItem[]): readonly string[] =>
        items.flatMap((item) => [item.role ?? '', ...roles(item.submenu?.items ?? [])]);
      // The stand-in keeps what the window was made with; Electron tells it to nobody.
      const contents = BrowserWindow.getAllWindows().map(
        ({ webContents }) => webContents as unknown as { readonly preferences: Electron.WebPreferences },
      );
      return {
        packaged: main.isPackaged,
        devTools: contents.map(({ preferences }) => preferences.devTools),
        roles: roles(Menu.getApplicationMenu()?.items ?? []).filter((role) => /reload|devtools/i.test(role)),
      };
    });
    expect(found).toEqual({ packaged: true, devTools: [false], roles: [] });
    const before = page.url();
    await page.evaluate(() => {
      window.open('devtools://devtools/bundled/inspector.html');
      location.href = 'devtools://devtools/bundled/inspector.html';
    });
    expect(page.url()).toBe(before);
    const shown = await app.evaluateMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
    );
    expect(shown).toEqual(['app://vault/index.html']);
  } finally {
    await app.close();
  }
});
