// The shell around the real window: what a page may not do, the way of a copied key to the clipboard and off it, what a lock
// tears down, and the About window. Driven through the bridge, so that it holds whatever the screens look like.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import type { Bridge } from '../../src/contract/bridge.ts';
import type { CallInput, CallName, CallOutput } from '../../src/contract/contract.ts';
import type { AppError } from '../../src/core/model/app-error.ts';
import { launchApp, type RunningApp } from '../support/app.ts';

type Outcome<N extends CallName> = { ok: boolean; value: CallOutput<N>; error: AppError };
type VaultPage = typeof globalThis & { readonly keyturn: Bridge; told: unknown[] };

const password = 'correct horse battery staple 7';
// No provider's form, and nobody's key: only the way it takes matters here.
const secret = 'an-invented-value-0123456789';

// Some start the app three times, on a machine with much else to do.
test.describe.configure({ timeout: 150_000 });

let home: string;
let app: RunningApp;
let page: Page;

/** Sends a call as the page does. Bytes go as the page makes them. */
const call = <N extends CallName>(
  name: N,
  input: CallInput<N> | Record<string, never>,
  on: Page = page,
): Promise<Outcome<N>> =>
  on.evaluate(
    ([wanted, given]) => {
      const send = (globalThis as VaultPage).keyturn[wanted as 'state.read'] as (
        input: unknown,
      ) => Promise<unknown>;
      return send(given);
    },
    [name, input as unknown] as const,
  ) as Promise<Outcome<N>>;

/** Sends a password, which is bytes: JSON would not carry them. */
const callWithPassword = async (name: 'vault.create' | 'vault.unlock'): Promise<{ readonly ok: boolean }> =>
  page.evaluate(
    async ([wanted, words]) => {
      const { ok } = await (globalThis as VaultPage).keyturn[wanted]({
        password: new TextEncoder().encode(words),
      });
      return { ok };
    },
    [name, password] as const,
  );

const isVaultPage = (candidate: Page): Promise<boolean> =>
  candidate.evaluate(() => typeof (globalThis as VaultPage).keyturn === 'object');

const start = async (options: { readonly args?: readonly string[] } = {}): Promise<void> => {
  app = await launchApp({ home, derivation: 'cheapest', ...options });
  page = await app.waitForWindow(isVaultPage);
};

/** A vault with one project, its first environment and one key of one field. */
const addKey = async (): Promise<string> => {
  const project = await call('project.add', { name: 'acme' });
  const overview = await call('overview.read', {});
  const environment = overview.value.projects[0]!.environments[0]!;
  const added = await page.evaluate(
    ([projectId, environmentId, value]) =>
      (globalThis as VaultPage).keyturn['keys.add']({
        projectId,
        environmentIds: [environmentId],
        facts: { name: 'first' },
        fields: [{ name: 'secret', value: new TextEncoder().encode(value), variable: 'FIRST_KEY' }],
      }),
    [project.value.id, environment.id, secret] as const,
  );
  if (!added.ok) throw new Error(added.error.message);
  return added.value.id;
};

/** The agent's process: Electron names it; the stand-in's is found among the processes of the system. */
const agentProcess = async (): Promise<number | undefined> => {
  if (app.which === 'electron') {
    return app.evaluateMain(
      ({ app: main }) => main.getAppMetrics().find((metric) => metric.name === 'keyturn-agent')?.pid,
    );
  }
  const commandOf = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  const isAgent = (pid: string): boolean => {
    const words = commandOf(pid).split('\0');
    return words.includes(home) && words.some((word) => word.endsWith('agent.js'));
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isAgent(name))
    .map(Number)[0];
};

const changeClipboardSeconds = async (seconds: number): Promise<void> => {
  expect((await call('settings.change', { clipboardSeconds: seconds })).ok).toBe(true);
};

const newHome = (): void => {
  home = mkdtempSync(join(tmpdir(), 'keyturn-shell-'));
};
const leave = async (): Promise<void> => {
  await app.close();
  rmSync(home, { recursive: true, force: true });
};

test.describe('the window while nothing is unlocked', () => {
  test.beforeAll(async () => {
    newHome();
    await start();
  });
  test.afterAll(leave);

  test('opens with the product’s name and the bridge, and nothing of Node', async () => {
    const found = await page.evaluate(() => ({
      bridge: Object.keys((globalThis as VaultPage).keyturn).length,
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
    }));
    expect(found.bridge).toBeGreaterThan(50);
    expect(found.node).toEqual([]);
    const titles = await app.evaluateMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    );
    expect(titles).toEqual(['Keyturn']);
  });

  test('keeps its page: no navigation, no other window, no network, no permission', async () => {
    const address = page.url();
    const tried = await page.evaluate(async () => {
      location.href = 'https://example.com/';
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      const image = new Image();
      const loaded = await new Promise((resolve) => {
        image.addEventListener('load', () => resolve('loaded'));
        image.addEventListener('error', () => resolve('refused'));
        image.src = 'https://example.com/image.png';
      });
      const attempt = (task: () => Promise<unknown>): Promise<string> =>
        task().then(
          () => 'allowed',
          () => 'refused',
        );
      return {
        window: window.open('https://example.com/'),
        image: loaded,
        fetch: await attempt(() => fetch('https://example.com/')),
        own: await attempt(() => fetch('/index.html')),
        clipboard: await attempt(() => navigator.clipboard.readText()),
        notifications: await Notification.requestPermission(),
      };
    });
    expect(tried).toEqual({
      window: null,
      image: 'refused',
      fetch: 'refused',
      own: 'refused',
      clipboard: 'refused',
      notifications: 'denied',
    });
    expect(page.url()).toBe(address);
  });

  test('runs no script that the build did not bring', async () => {
    const tried = await page.evaluate(async () => {
      const script = document.createElement('script');
      const outcome: string[] = [];
      try {
        document.body.insertAdjacentHTML('beforeend', '<b>text</b>');
        outcome.push('markup');
      } catch {
        outcome.push('no markup');
      }
      try {
        script.text = 'globalThis.injected = true';
        document.body.append(script);
      } catch {
        outcome.push('no script');
      }
      const style = document.createElement('style');
      style.textContent = 'body { --injected: 1 }';
      document.head.append(style);
      outcome.push(
        getComputedStyle(document.body).getPropertyValue('--injected') === '' ? 'no style' : 'style',
      );
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      outcome.push('injected' in globalThis ? 'injected' : 'not injected');
      return outcome;
    });
    expect(tried).toEqual(['no markup', 'no script', 'no style', 'not injected']);
  });

  test('is refused unknown, inner and malformed calls, and calls that need an open vault', async () => {
    const kinds = await page.evaluate(async () => {
      const bridge = (globalThis as VaultPage).keyturn as unknown as Record<
        string,
        ((input: unknown) => Promise<{ error: { kind: string } }>) | undefined
      >;
      const id = 'a'.repeat(32);
      return {
        inner: typeof bridge['keys.lend'],
        malformed: (await bridge['keys.read']?.({ id: '../x' }))?.error.kind,
        more: (await bridge['keys.read']?.({ id, more: 1 }))?.error.kind,
        locked: (await bridge['keys.read']?.({ id }))?.error.kind,
        copy: (await bridge['keys.copy']?.({ id, field: 'secret' }))?.error.kind,
      };
    });
    expect(kinds).toEqual({
      inner: 'undefined',
      malformed: 'bad-input',
      more: 'bad-input',
      locked: 'locked',
      copy: 'locked',
    });
  });

  test('is brought to the front by a second start, which ends at once', async () => {
    const second = await launchApp({ home, waitUntilReady: false });
    expect(await second.exited).toBe(0);
    expect(app.windows()).toHaveLength(1);
    expect((await call('state.read', {})).value.vault).toBe('missing');
  });

  test('opens an About window that knows its versions, and nothing else of the shell', async () => {
    await call('about.open', {});
    const about = await app.waitForWindow((candidate) =>
      candidate.evaluate(() => 'about' in globalThis && !('keyturn' in globalThis)),
    );
    // Only then are the page's own synchronous calls over: the stand-in answers one at a time.
    await expect(about.getByRole('heading', { name: 'Keyturn' })).toBeVisible();
    const facts = await about.evaluate(() =>
      (globalThis as unknown as { about: { facts: () => Record<string, string | null> } }).about.facts(),
    );
    const expected = await app.evaluateMain(({ app: main }) => main.getVersion());
    expect(facts['version']).toBe(expected);
    for (const name of ['electron', 'chromium', 'node', 'system']) expect(facts[name]).toMatch(/\w/);
    expect(
      await about.evaluate(() => Object.keys((globalThis as unknown as { about: object }).about)),
    ).toEqual(['facts']);
    // Whose work is inside, and on what terms, is reached by keys alone.
    const list = about.getByText(/^Licences of the \d+ packages inside$/);
    await expect(list).toBeVisible();
    await about.keyboard.press('Tab');
    await expect(list).toBeFocused();
    await about.keyboard.press('Enter');
    const react = about.getByRole('listitem').filter({ hasText: /^react \d/ });
    await expect(react.locator('pre')).toBeHidden();
    await react.locator('summary').focus();
    await about.keyboard.press('Space');
    await expect(react.locator('pre')).toContainText('Permission is hereby granted');
    // The vault's page never gets the package: a message of it is answered with an exception.
    expect(await page.evaluate(() => 'about' in globalThis)).toBe(false);
  });
});

test.describe('the place of the window', () => {
  test.beforeEach(newHome);
  test.afterEach(leave);

  test('comes back where it stood', async () => {
    await start();
    await app.evaluateMain(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 640 });
    });
    await app.close();
    const stored: unknown = JSON.parse(readFileSync(join(home, 'window.json'), 'utf8'));
    expect(stored).toMatchObject({ width: 1000, height: 640, maximised: false });
    await start();
    const bounds = await app.evaluateMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    );
    expect(bounds).toMatchObject({ width: 1000, height: 640 });
  });
});

test.describe('a copied key', () => {
  let id: string;
  test.beforeAll(async () => {
    newHome();
    await start();
    await callWithPassword('vault.create');
    id = await addKey();
  });
  test.afterAll(leave);

  test('is on the clipboards for its time and proven gone after it', async () => {
    await changeClipboardSeconds(5);
    await page.evaluate(() => {
      const scope = globalThis as VaultPage;
      scope.told = [];
      scope.keyturn.on('clipboard.changed', (payload) => scope.told.push(payload));
    });
    const held = await call('keys.copy', { id, field: 'secret' });
    expect(held.value).toMatchObject({ keyId: id, field: 'secret' });
    expect(await app.control.clipboardText()).toBe(secret);
    if (process.platform === 'linux') expect(await app.control.primaryText()).toBe(secret);
    const mark = readFileSync(join(home, 'clipboard.json'), 'utf8');
    expect(mark).not.toContain(secret.slice(0, 8));

    await expect.poll(() => app.control.clipboardText(), { timeout: 8_000 }).toBe('');
    await expect
      .poll(() => page.evaluate(() => (globalThis as VaultPage).told.at(-1)))
      .toEqual({ held: null, proven: true });
    if (process.platform === 'linux') expect(await app.control.primaryText()).toBe('');
    expect(() => statSync(join(home, 'clipboard.json'))).toThrow('ENOENT');
  });

  test('goes at once on a second press, and leaves alone what was copied since', async () => {
    await changeClipboardSeconds(20);
    await call('keys.copy', { id, field: 'secret' });
    await call('clipboard.clear', {});
    expect(await app.control.clipboardText()).toBe('');
    expect((await call('clipboard.read', {})).value).toBeNull();

    await call('keys.copy', { id, field: 'secret' });
    await app.control.writeClipboard('a letter');
    await call('clipboard.clear', {});
    expect(await app.control.clipboardText()).toBe('a letter');
  });
});

test.describe('a copied key of an app that is left', () => {
  test.beforeEach(newHome);
  test.afterEach(leave);

  test('goes on lock and on quit', async () => {
    await start();
    await callWithPassword('vault.create');
    const id = await addKey();
    await call('keys.copy', { id, field: 'secret' });
    const old = page;
    await app.control.powerMonitor('lock-screen');
    await expect.poll(() => app.control.clipboardText()).toBe('');

    page = await app.waitForWindow(async (found) => found !== old && (await isVaultPage(found)));
    await callWithPassword('vault.unlock');
    await call('keys.copy', { id, field: 'secret' });
    expect(statSync(join(home, 'clipboard.json')).size).toBeGreaterThan(0);
    await app.close();
    // The mark goes only once the clipboard was read back and no longer held the value.
    expect(() => statSync(join(home, 'clipboard.json'))).toThrow('ENOENT');
    await start();
    expect(await app.control.clipboardText()).toBe('');
  });

  test('goes at the next start after a crash', async () => {
    await start();
    await callWithPassword('vault.create');
    const id = await addKey();
    await call('keys.copy', { id, field: 'secret' });
    await app.kill('SIGKILL');
    expect(statSync(join(home, 'clipboard.json')).size).toBeGreaterThan(0);
    // On X the content went with the app; a clipboard manager would have kept it, so put it back as one does.
    home = await restartWith(secret);
    await expect.poll(() => app.control.clipboardText()).toBe('');
    expect(() => statSync(join(home, 'clipboard.json'))).toThrow('ENOENT');
  });
});

/** Starts another Keyturn that puts a text on the clipboard, then ours; gives our home back. */
const restartWith = async (text: string): Promise<string> => {
  const ours = home;
  home = mkdtempSync(join(tmpdir(), 'keyturn-manager-'));
  await start();
  const manager = app;
  await manager.control.writeClipboard(text);
  const managerHome = home;
  home = ours;
  await start();
  await expect.poll(() => app.control.clipboardText()).toBe('');
  await manager.close();
  rmSync(managerHome, { recursive: true, force: true });
  return ours;
};

test.describe('what only the shell can do', () => {
  test.beforeAll(async () => {
    newHome();
    await start();
    await callWithPassword('vault.create');
  });
  test.afterAll(leave);

  test('pastes a value into a draft without showing it to the page', async () => {
    await app.control.writeClipboard(secret);
    const pasted = await call('draft.paste', {});
    expect(pasted.ok).toBe(true);
    expect(JSON.stringify(pasted.value)).not.toContain(secret);
    expect(pasted.value.fields.some((field) => field.filled)).toBe(true);
    await app.control.writeClipboard('');
    expect((await call('draft.paste', {})).error).toMatchObject({ kind: 'bad-input' });
  });

  test('asks the person for files: import, export, backup', async () => {
    const project = await call('project.add', { name: 'acme' });
    const overview = await call('overview.read', {});
    const environment = overview.value.projects[0]!.environments[0]!;
    const target = { projectId: project.value.id, environmentId: environment.id };
    const source = join(home, 'source.env');
    const exported = join(home, 'exported.env');
    const backup = join(home, 'vault.keyturn-backup');
    writeFileSync(source, `PORT=8080\nSOME_TOKEN=${secret}\n`);
    await app.control.dialogs({
      showOpenDialog: [{ canceled: false, filePaths: [source] }],
      showSaveDialog: [
        { canceled: false, filePath: exported },
        { canceled: false, filePath: backup },
      ],
    });
    const preview = await call('import.chooseFile', target);
    expect(JSON.stringify(preview.value)).not.toContain(secret);
    const applied = await call('import.apply', {
      previewId: preview.value!.previewId,
      ...target,
      choices: [],
    });
    expect(applied.value.imported).toBe(2);

    const written = await call('export.toFile', {
      environmentId: environment.id,
      format: 'dotenv',
      allowGit: false,
    });
    expect(written.value?.variables).toBe(2);
    expect(readFileSync(exported, 'utf8')).toContain(secret);
    expect((await call('backup.toFile', {})).value?.keys).toBe(1);
    expect(readFileSync(backup).includes(secret)).toBe(false);

    // No answer is left: the person thinks better of it, and nothing is done.
    expect(
      await call('export.toFile', { environmentId: environment.id, format: 'json', allowGit: false }),
    ).toEqual({
      ok: true,
      value: null,
    });
    expect((await app.control.shownDialogs()).map((dialog) => dialog.title)).toEqual([
      'Import an environment file',
      'Export an environment',
      'Back up the vault',
      'Export an environment',
    ]);
  });

  test('locks and goes on when the agent’s process dies', async () => {
    const project = await call('project.add', { name: 'kept' });
    const agent = await agentProcess();
    const old = page;
    if (agent === undefined) throw new Error('there is no agent');
    process.kill(agent, 'SIGKILL');
    page = await app.waitForWindow(async (found) => found !== old && (await isVaultPage(found)));
    expect((await call('state.read', {})).value.vault).toBe('locked');
    expect(await callWithPassword('vault.unlock')).toMatchObject({ ok: true });
    const { projects } = (await call('overview.read', {})).value;
    expect(projects.map(({ id }) => id)).toContain(project.value.id);
  });
});

const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['the menu', () => app.control.clickMenu('Lock')],
  ['the icon in the bar', () => app.control.clickTray('Lock')],
  ['sleep', () => app.control.powerMonitor('suspend')],
  ['the window', () => page.evaluate(() => void (globalThis as VaultPage).keyturn['vault.lock']({}))],
];

type Standing = { readonly contents: readonly number[]; readonly bounds: unknown };
const standing = (): Promise<Standing> =>
  app.evaluateMain(({ BrowserWindow }) => ({
    contents: BrowserWindow.getAllWindows().map((window) => window.webContents.id),
    bounds: BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  }));

test.describe('a lock', () => {
  test.beforeEach(newHome);
  test.afterEach(leave);

  test('ends the agent’s process and makes the window’s content anew, whoever asks for it', async () => {
    await start();
    await callWithPassword('vault.create');
    for (const [how, lock] of ways) {
      await test.step(how, async () => {
        const agentBefore = await agentProcess();
        expect(agentBefore).toBeGreaterThan(0);
        const before = await standing();
        await page.evaluate(() => {
          (globalThis as VaultPage).told = ['of the old page'];
        });
        await lock();
        const old = page;
        page = await app.waitForWindow(async (found) => found !== old && (await isVaultPage(found)));
        expect((await call('state.read', {})).value.vault).toBe('locked');
        await expect.poll(() => old.isClosed()).toBe(true);
        expect(await page.evaluate(() => 'told' in globalThis)).toBe(false);
        const after = await standing();
        expect(after.contents).toHaveLength(1);
        expect(after.contents[0]).not.toBe(before.contents[0]);
        expect(after.bounds).toEqual(before.bounds);
        // A process that is being started does not have its name yet.
        await expect.poll(async () => (await agentProcess()) ?? agentBefore).not.toBe(agentBefore);
        expect(await callWithPassword('vault.unlock')).toMatchObject({ ok: true });
      });
    }
  });
});
