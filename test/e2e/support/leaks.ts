// What tests of pasted keys in a window share: the demo vault with findings of its keys on the desk.
import { expect, type Locator, type Page } from '@playwright/test';
import { createLeakDesk, type LeakDesk } from '../../support/bridge-double/leak-desk.ts';
import { openWindow, type OpenWindow } from '../../support/bridge-double/open-window.ts';
import {
  commitOf,
  endedScan,
  finding,
  type Found,
  type Owner,
} from '../../support/bridge-double/sample-findings.ts';
import type { CallOutput } from '../../../src/contract/contract.ts';

export type LeakWindow = OpenWindow & { readonly desk: LeakDesk };

export const list = (page: Page): Locator =>
  page.getByRole('grid', { name: 'Places where keys were pasted' });
export const detail = (page: Page): Locator => page.getByRole('complementary', { name: 'Place' });

/** A key of the demo as the owner of findings. */
export const ownerOf = async ({ agent }: OpenWindow, name: string): Promise<Owner> => {
  const keys = await agent.call('window', 'keys.list', {});
  if (!keys.ok) throw new Error('no keys');
  const key = (keys.value as CallOutput<'keys.list'>).find((each) => each.name === name);
  if (key === undefined) throw new Error(`no key ${name}`);
  return {
    keyId: key.id,
    name,
    provider: key.provider,
    providerName: key.provider,
    kind: key.kind,
    valueMark: null,
    masked: key.masked,
    liveState: key.status.state,
  };
};

export const stranger: Owner = {
  keyId: null,
  name: null,
  provider: 'resend',
  providerName: 'Resend',
  kind: 'live',
  valueMark: '5f0c1a77',
  masked: 're_Ab…9f',
  pattern: 'resend/key',
};

/** Places of two keys and of an unknown value, in every state. */
export const someFindings = (payouts: Owner, wallets: Owner): readonly Found[] => [
  finding(1, payouts, {
    severity: 'critical',
    encoding: 'base64',
    why: [
      'It is in a commit that was pushed to a remote that anybody may read.',
      'It is a live key that can move money, and its provider says that it works.',
    ],
    place: {
      kind: 'commit',
      path: '/home/you/src/shop',
      inside: 'deploy/values.yaml',
      commit: commitOf(7),
      line: 31,
      column: 12,
    },
    commands: [
      'git -C /home/you/src/shop filter-repo --replace-text replacements.txt',
      'git -C /home/you/src/shop push --force --all',
    ],
  }),
  finding(2, payouts, {
    severity: 'high',
    scrub: 'remove-line',
    why: ['It stands in the history of a shell, which every program of yours can read.'],
    place: { kind: 'shell-history', path: '/home/you/.zsh_history', line: 2_114, column: 9 },
  }),
  finding(3, payouts, {
    severity: 'high',
    encoding: 'joined',
    scrub: 'replace',
    why: ['An AI tool has sent this transcript to its provider.'],
    place: {
      kind: 'transcript',
      path: '/home/you/.claude/projects/shop/session.jsonl',
      line: 88,
      column: 240,
    },
  }),
  finding(4, wallets, {
    severity: 'low',
    state: 'returned',
    scrub: 'replace',
    place: { kind: 'env-file', path: '/home/you/src/shop/.env.local', line: 3, column: 20 },
  }),
  finding(5, wallets, {
    severity: 'medium',
    state: 'gone',
    place: { kind: 'log', path: '/home/you/src/shop/logs/debug.log', line: 812, column: 1 },
  }),
  finding(6, wallets, {
    severity: 'low',
    state: 'accepted',
    accepted: { reason: 'a key of the sandbox', untilMs: Date.now() + 40 * 86_400_000 },
    place: { kind: 'notebook', path: '/home/you/src/analysis/wallets.ipynb', line: 40, column: 2 },
  }),
  finding(7, stranger, {
    severity: 'medium',
    why: ['It looks like a live key of Resend, and nobody has asked whether it works.'],
    place: { kind: 'bundle', path: '/home/you/src/shop/dist/app.js', line: 1, column: 40_212 },
  }),
  finding(8, stranger, {
    severity: 'medium',
    encoding: 'utf-16',
    place: { kind: 'backup', path: '/home/you/src/shop/config.ts~', line: 14, column: 3 },
  }),
];

/** Says that findings have changed, as the agent does. */
export const tell = ({ desk }: LeakWindow): void =>
  desk.emit('leaks.changed', {
    open: desk.findings.filter(({ state }) => state === 'open' || state === 'returned').length,
    watch: desk.watch,
    news: null,
  });

/** The demo vault with findings, and the place of them in sight. */
export const openFound = async (
  context: Parameters<typeof openWindow>[0],
  make: (payouts: Owner, wallets: Owner) => readonly Found[] = someFindings,
): Promise<LeakWindow> => {
  const desk = createLeakDesk();
  const window: LeakWindow = { ...(await openWindow(context, { demo: true, leaks: desk })), desk };
  const { page } = window;
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  desk.findings = make(await ownerOf(window, 'payouts-prod'), await ownerOf(window, 'wallets-test'));
  desk.scan = endedScan(Date.now());
  tell(window);
  await page.keyboard.press('l');
  await expect(list(page)).toBeVisible();
  return window;
};
