// The calls that the shell answers, with an agent and dialogs that the test plays.
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../../src/main/agent-child.ts';
import type { AskAgent } from '../../../src/main/ask-agent.ts';
import type { ClipboardSession } from '../../../src/main/clipboard/clipboard-session.ts';
import { followAgent } from '../../../src/main/follow-agent.ts';
import { initialSettings } from '../../../src/main/initial-settings.ts';
import type { QuickUnlock } from '../../../src/main/keychain/quick-unlock.ts';
import { createShellCalls, exportFileName } from '../../../src/main/shell-calls.ts';

const id = 'a'.repeat(32);

const shellWith = (
  answers: Readonly<Record<string, unknown>>,
  options: { readonly path?: string | null; readonly text?: string } = {},
) => {
  const asked: [string, unknown][] = [];
  const asks: string[] = [];
  const copied: unknown[] = [];
  const opened: string[] = [];
  const dialog = (title: string, fileName: unknown): Promise<string | null> => {
    asks.push(`${title}: ${JSON.stringify(fileName)}`);
    return Promise.resolve(options.path ?? null);
  };
  const ask = ((name: string, input: unknown) => {
    // The caller wipes its bytes once it has the answer: what was asked is noted as it stood then.
    asked.push([name, structuredClone(input)]);
    return Promise.resolve(
      answers[name] ?? { ok: false, error: { kind: 'not-found', message: '', next: '' } },
    );
  }) as unknown as AskAgent;
  const calls = createShellCalls({
    ask,
    clipboard: {
      held: null,
      copy: (...what: unknown[]) => {
        copied.push(what);
        return Promise.resolve({ ok: true, value: { keyId: id, field: 'secret', clearsAtMs: 1 } });
      },
      clear: () => Promise.resolve(true),
    } as unknown as ClipboardSession,
    readClipboard: () => Promise.resolve(new TextEncoder().encode(options.text ?? '')),
    dialogs: {
      open: (title, kind) => dialog(title, kind.name),
      folder: (title) => dialog(title, 'a folder'),
      save: (title, name) => dialog(title, name),
    },
    openPlace: ({ path }) => {
      opened.push(path);
      return Promise.resolve({ ok: true, value: 'an editor' });
    },
    settings: () => ({ ...initialSettings, clipboardSeconds: 33 }),
    openInBrowser: (url) => {
      opened.push(url);
      return Promise.resolve();
    },
    openAbout: () => Promise.resolve(),
    quick: {} as QuickUnlock,
    today: () => '2026-11-22',
  });
  return { calls, asked, asks, copied, opened };
};

const overview = {
  ok: true,
  value: { projects: [{ environments: [{ id, name: 'production' }] }] },
};

describe('pasted keys', () => {
  it('are opened where the agent says they are', async () => {
    const where = { path: '/home/me/app.py', line: 3, column: 1 };
    const { calls, asked, opened } = shellWith({ 'leaks.where': { ok: true, value: where } });
    expect(await calls['leaks.open']({ id })).toEqual({ ok: true, value: { with: 'an editor' } });
    expect([asked, opened]).toEqual([[['leaks.where', { id }]], [where.path]]);
    const nowhere = shellWith({});
    expect(await nowhere.calls['leaks.open']({ id })).toMatchObject({ error: { kind: 'not-found' } });
    expect(nowhere.opened).toEqual([]);
  });

  it('are looked for in a folder that the person chose in the dialog', async () => {
    const { calls, asked } = shellWith(
      { 'scan.addPath': { ok: true, value: [] } },
      { path: '/home/me/code' },
    );
    expect(await calls['scan.addFolder']({})).toEqual({ ok: true, value: [] });
    expect(asked).toEqual([['scan.addPath', { path: '/home/me/code' }]]);
  });
});

describe('copying', () => {
  it('takes the bytes from the agent and the time from the settings', async () => {
    const value = new Uint8Array([1]);
    const { calls, copied, asked } = shellWith({ 'keys.lend': { ok: true, value: { value } } });
    expect(await calls['keys.copy']({ id, field: 'secret' })).toMatchObject({ ok: true });
    expect(asked).toEqual([['keys.lend', { id, field: 'secret' }]]);
    expect(copied).toEqual([[{ keyId: id, field: 'secret' }, value, 33]]);
  });

  it('copies nothing when the agent lends nothing', async () => {
    const { calls, copied } = shellWith({});
    expect(await calls['keys.copy']({ id, field: 'secret' })).toMatchObject({ error: { kind: 'not-found' } });
    expect(copied).toEqual([]);
  });
});

describe('pasting', () => {
  it('hands the text to the agent and not to the window', async () => {
    const { calls, asked } = shellWith(
      { 'draft.begin': { ok: true, value: { draftId: id } } },
      { text: 'some text' },
    );
    expect(await calls['draft.paste']({ provider: null })).toEqual({ ok: true, value: { draftId: id } });
    expect(asked).toEqual([['draft.begin', { provider: null, text: new TextEncoder().encode('some text') }]]);
  });

  it('goes into one field of a draft likewise', async () => {
    const { calls, asked } = shellWith({}, { text: 'some text' });
    await calls['draft.pasteField']({ draftId: id, field: 'teamId' });
    expect(asked).toEqual([
      ['draft.field', { draftId: id, field: 'teamId', text: new TextEncoder().encode('some text') }],
    ]);
  });

  it.each(['', 'x'.repeat(262_145)])('says why nothing can be pasted', async (text) => {
    const { calls, asked } = shellWith({}, { text });
    expect(await calls['draft.paste']({})).toMatchObject({ error: { kind: 'bad-input' } });
    expect(asked).toEqual([]);
  });
});

describe('files', () => {
  it('are named by the person; an export may then overwrite what the system has asked about', async () => {
    const { calls, asked, asks } = shellWith(
      { 'overview.read': overview, 'export.writePath': { ok: true, value: {} } },
      { path: '/chosen/.env' },
    );
    await calls['export.toFile']({ environmentId: id, format: 'dotenv', allowGit: false });
    expect(asks).toEqual(['Export an environment: ".env.production"']);
    expect(asked[1]).toEqual([
      'export.writePath',
      { environmentId: id, format: 'dotenv', allowGit: false, path: '/chosen/.env', overwrite: true },
    ]);
  });

  it('are not touched when the person thinks better of it', async () => {
    const { calls, asked } = shellWith({ 'overview.read': overview }, { path: null });
    const none = { ok: true, value: null };
    expect(await calls['export.toFile']({ environmentId: id, format: 'dotenv', allowGit: false })).toEqual(
      none,
    );
    expect(await calls['import.chooseFile']({ projectId: id, environmentId: id })).toEqual(none);
    expect(await calls['backup.toFile']({})).toEqual(none);
    expect(await calls['providers.addFile']({})).toEqual(none);
    expect(await calls['restore.fromFile']({ password: new Uint8Array([1]) })).toEqual(none);
    expect(asked.map(([name]) => name)).toEqual(['overview.read']);
  });

  it('of provider definitions are read by the agent, from where the person said', async () => {
    const added = { ok: true, value: { added: ['acme'], updated: [] } };
    const { calls, asked, asks } = shellWith({ 'providers.addPath': added }, { path: '/chosen/own.json' });
    expect(await calls['providers.addFile']({})).toEqual(added);
    expect(asks).toEqual(['Add providers from a file: "Provider definitions"']);
    expect(asked).toEqual([['providers.addPath', { path: '/chosen/own.json' }]]);
  });

  it('carry the day in a backup’s name', async () => {
    const { calls, asks } = shellWith({});
    await calls['backup.toFile']({});
    expect(asks).toEqual(['Back up the vault: "keyturn-2026-11-22.keyturn-backup"']);
  });

  it('are not asked for when the environment is gone', async () => {
    const { calls, asks } = shellWith({ 'overview.read': { ok: true, value: { projects: [] } } });
    expect(
      await calls['export.toFile']({ environmentId: id, format: 'json', allowGit: false }),
    ).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect(asks).toEqual([]);
  });

  it.each([
    ['production', 'dotenv', '.env.production'],
    ['eu west/1', 'docker', '.env.eu-west-1'],
    ['../../etc', 'json', 'etc.json'],
    ['///', 'k8s', 'environment.yaml'],
    ['prüfung', 'shell', 'prüfung.sh'],
  ] as const)('of the environment %s as %s are called %s', (name, format, file) => {
    expect(exportFileName(name, format)).toBe(file);
  });
});

describe('a portal', () => {
  it('is looked up by the agent and opened only where it is secure', async () => {
    const secure = shellWith({ 'portal.resolve': { ok: true, value: { url: 'https://example.com/' } } });
    await secure.calls['portal.open']({ id, portal: 'keys' });
    expect(secure.opened).toEqual(['https://example.com/']);
    const other = shellWith({ 'portal.resolve': { ok: true, value: { url: 'file:///etc/passwd' } } });
    expect(await other.calls['portal.open']({ id, portal: 'keys' })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(other.opened).toEqual([]);
  });
});

describe('following the agent', () => {
  it('tears the window down and clears the clipboard on every lock, once', () => {
    const happened: string[] = [];
    let tell: (event: AgentEvent) => void = () => undefined;
    const supervisor = {
      state: null,
      unlocked: false,
      onEvent: (listener: (event: AgentEvent) => void): void => {
        tell = listener;
      },
    };
    followAgent(
      {
        supervisor,
        clipboardSession: {
          clear: () => {
            happened.push('clear');
            return Promise.resolve(true);
          },
        },
        window: {
          remake: () => happened.push('remake'),
          send: () => undefined,
          applySettings: () => undefined,
        },
        settings: { current: initialSettings },
      },
      (unlocked) => happened.push(unlocked ? 'unlocked' : 'locked'),
    );
    const change = (unlocked: boolean): void => {
      supervisor.unlocked = unlocked;
      tell({ event: 'state.changed', payload: null });
    };
    change(false);
    change(true);
    change(true);
    change(false);
    change(false);
    expect(happened).toEqual(['unlocked', 'remake', 'clear', 'locked']);
  });
});
