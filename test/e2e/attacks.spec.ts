// Attacks on the real window, each kept as a test: navigation of every kind, windows, frames, dropped pages and files, markup and
// scripts in names that came with an import, calls from frames that are not the vault's page. What stands in shell.spec.ts (plain
// navigation, network, permissions, injected scripts) is not repeated.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import type { Bridge } from '../../src/contract/bridge.ts';
import { sample } from '../support/cli.ts';
import {
  folderOf,
  grid,
  leave,
  lookBack,
  openKey,
  preparedHome,
  rowOf,
  showKeys,
  sitDown,
  startTimeoutMs,
  unlock,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

/** What a page on this machine would hear if anything of ours reached it. */
let listener: Server;
const heard: string[] = [];
let address: string;
let seat: Seat;

const mark = randomBytes(4).toString('hex');
const hostile = {
  image: `<img src=x onerror=globalThis.hit=1>${mark}`,
  script: `"><script>globalThis.hit=1</script>${mark}`,
  link: `javascript:globalThis.hit=1//${mark}`,
  template: `{{constructor.constructor('globalThis.hit=1')()}}${mark}`,
} as const;

const noteWithRemote = (): string =>
  `<script src="${address}/a.js"></script><link rel=stylesheet href="${address}/a.css"><iframe src="${address}"></iframe>![x](${address}/x.png)`;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  listener = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.url === '/redirect') response.writeHead(302, { Location: 'app://vault/index.html' }).end();
    else response.end('globalThis.hit = 1');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`;
  const home = await preparedHome();
  for (const name of Object.values(hostile)) {
    await home.json<unknown>(['add', name, '--env', 'production', '--value-stdin'], {
      stdin: sample.anything(),
    });
  }
  seat = await sitDown(home);
  await unlock(seat);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(async () => {
  await leave(seat);
  listener?.close();
});

/** Still the vault's own page, open, unscripted and silent. */
const expectUntouched = async (page: Page = seat.page): Promise<void> => {
  expect(await page.evaluate(() => ('hit' in globalThis ? 'scripted' : 'whole'))).toBe('whole');
  expect(await page.evaluate(() => document.querySelectorAll('iframe, object, embed, base').length)).toBe(0);
  expect(heard).toEqual([]);
  expect(await seat.app.control.openedExternal()).toEqual([]);
  const contents = await seat.app.evaluateMain(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
  );
  expect(contents).toEqual(['app://vault/index.html']);
};

test('markup in names is text wherever a name is shown', async () => {
  const { page } = seat;
  for (const name of Object.values(hostile)) {
    await expect(rowOf(page, name).first()).toBeVisible();
    await openKey(page, name);
    await expectUntouched();
  }
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(mark);
  await page.keyboard.press('Escape');
  await expectUntouched();
});

test('a remote script, style, frame and picture in a note are text, and nobody is asked for them', async () => {
  const { page } = seat;
  await openKey(page, hostile.image);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: /^Edit/ });
  await dialog.getByRole('textbox', { name: /Notes/ }).fill(noteWithRemote());
  await dialog.getByRole('textbox', { name: 'Address in the portal' }).fill(hostile.link);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.keyboard.press('Escape');
  await expectUntouched();
});

test('an imported file with markup for names, values and comments is text', async () => {
  const { page, app, home } = seat;
  const source = join(home.folder, '<b onclick=alert(1)>.env');
  writeFileSync(
    source,
    `# ${hostile.script}\nA_KEY='${hostile.image}'\nB=${hostile.template}\n<script>=1\njavascript:alert(1)\n`,
  );
  await app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [source] }] });
  await showKeys(page);
  await grid(page).focus();
  await page.keyboard.press('i');
  await page.getByRole('radio', { name: 'staging' }).check();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await expectUntouched();
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expectUntouched();
});

test('no address leads the page away: scripts, files, data, blobs, other pages of ours, redirects, forms', async () => {
  const { page } = seat;
  const before = page.url();
  await page.evaluate(
    async ([server, folder, which]) => {
      const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
      const addresses = [
        'javascript:globalThis.hit=1',
        `file://${folder}/vault.keyturn`,
        'file:///etc/passwd',
        'data:text/html,<script>globalThis.hit=1</script>',
        `${server}/redirect`,
        'app://about/about.html',
        'app://vault/../../etc/passwd',
        'view-source:app://vault/index.html',
        'devtools://devtools/bundled/inspector.html',
        'chrome://version',
        // The stand-in cannot hold back what makes no request (docs/electron-stand-in.md).
        ...(which === 'electron'
          ? [
              'about:blank',
              URL.createObjectURL(new Blob(['<script>globalThis.hit=1</script>'], { type: 'text/html' })),
            ]
          : []),
      ];
      for (const href of addresses) {
        const link = document.createElement('a');
        link.href = href;
        link.rel = 'noreferrer';
        document.body.append(link);
        link.click();
        link.target = '_blank';
        link.click();
        link.remove();
        try {
          window.open(href, '_self');
          window.open(href);
        } catch {
          // Refused by throwing is refused too.
        }
        await wait();
      }
      const form = document.createElement('form');
      form.action = server ?? '';
      form.method = 'post';
      document.body.append(form);
      form.submit();
      form.remove();
      await wait();
    },
    [address, folderOf(seat.home), seat.app.which] as const,
  );
  expect(page.url()).toBe(before);
  await expectUntouched();
});

/** Drops as the system does, through the browser itself: a script's own events would never lead anywhere. */
const drop = async (
  page: Page,
  data: { readonly items: object[]; readonly files?: string[] },
): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const given = { items: data.items as never, files: data.files ?? [], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data: given });
  }
  await session.detach();
  await new Promise((resolve) => setTimeout(resolve, 300));
};

test('a page or a file that is dropped on the window stays outside', async () => {
  const { page, home } = seat;
  const before = page.url();
  const file = join(home.folder, 'dropped.html');
  writeFileSync(file, '<script>globalThis.hit=1</script>');
  const text = (mimeType: string, data: string): object => ({ mimeType, data });
  for (const items of [
    [text('text/uri-list', `${address}/dropped`)],
    [text('text/uri-list', `file://${file}`)],
    [text('text/uri-list', 'javascript:globalThis.hit=1')],
    [text('text/html', '<img src=x onerror=globalThis.hit=1>')],
  ]) {
    await drop(page, { items });
    expect(page.url()).toBe(before);
    await expectUntouched();
  }
  await drop(page, { items: [], files: [file] });
  expect(page.url()).toBe(before);
  await expectUntouched();
});

test('a frame inside the page gets no bridge and no address of its own', async () => {
  const { page } = seat;
  const found = await page.evaluate(async () => {
    const frames = ['about:blank', 'app://vault/index.html', 'data:text/html,x', 'https://example.com'].map(
      (src) => {
        const frame = document.createElement('iframe');
        frame.src = src;
        document.body.append(frame);
        return frame;
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    const bridges = frames.map((frame) => {
      try {
        return frame.contentWindow !== null && 'keyturn' in frame.contentWindow ? 'bridge' : 'none';
      } catch {
        return 'none';
      }
    });
    for (const frame of frames) frame.remove();
    return bridges;
  });
  expect(found).toEqual(['none', 'none', 'none', 'none']);
  await expectUntouched();
});

test('the bridge cannot be replaced, taken apart, or used to reach anything but its calls', async () => {
  const { page } = seat;
  const found = await page.evaluate(async () => {
    const scope = globalThis as unknown as { keyturn: Record<string, (input: unknown) => Promise<unknown>> };
    const attempts: Record<string, unknown> = {};
    try {
      scope.keyturn = {};
    } catch {
      attempts['replace'] = 'refused';
    }
    try {
      scope.keyturn['vault.unlock'] = () => Promise.resolve('stolen');
    } catch {
      attempts['override'] = 'refused';
    }
    attempts['still'] = (await scope.keyturn['state.read']?.({})) !== undefined;
    attempts['constructor'] = String(scope.keyturn['state.read']?.constructor).includes('native code');
    const reached = [
      'keys.lend',
      'export.render',
      'import.previewPath',
      'backup.writePath',
      'constructor',
      '__proto__',
    ].filter((name) => typeof scope.keyturn[name] === 'function' && Object.hasOwn(scope.keyturn, name));
    return { still: attempts['still'], native: attempts['constructor'], reached };
  });
  expect(found).toEqual({ still: true, native: true, reached: [] });
});

test('a storm of calls from the page is answered, and the window lives', async () => {
  const { page } = seat;
  const kinds = await page.evaluate(async () => {
    const bridge = (
      globalThis as unknown as {
        keyturn: Record<string, (input: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>>;
      }
    ).keyturn;
    const deep: unknown[] = [];
    let inner = deep;
    for (let level = 0; level < 500; level += 1) {
      const next: unknown[] = [];
      inner.push(next);
      inner = next;
    }
    const inputs: unknown[] = [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      deep,
      { id: deep },
      { text: 'x'.repeat(1_000_000) },
      new Map(),
      10n,
    ];
    const names = Object.keys(bridge).filter(
      (name) =>
        name !== 'on' &&
        !/^(vault|password|recovery|about|restore|backup|import\.choose|export\.to)/.test(name),
    );
    const kindsOf = new Set<string>();
    for (const name of names) {
      const answers = await Promise.all(
        inputs.map((input) =>
          (bridge[name] as (value: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>)(
            input,
          ).then(
            (answer) => (answer.ok ? 'ok' : (answer.error?.kind ?? 'none')),
            () => 'not carried',
          ),
        ),
      );
      for (const answer of answers) kindsOf.add(answer);
    }
    return [...kindsOf];
  });
  expect(kinds).toContain('bad-input');
  for (const kind of kinds)
    expect(['ok', 'bad-input', 'not-found', 'busy', 'refused', 'not carried', 'io', 'cancelled']).toContain(
      kind,
    );
  expect(seat.app.output()).not.toMatch(/relay\.bug|agent\.fatal|shell\.bug/);
  const state = await page.evaluate(async () => {
    const { keyturn } = globalThis as unknown as { keyturn: Bridge };
    const answer = await keyturn['state.read']({});
    return [document.querySelector('nav') !== null, answer.ok && answer.value.vault];
  });
  expect(state).toEqual([true, 'unlocked']);
});
