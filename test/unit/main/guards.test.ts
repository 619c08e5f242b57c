// The pure guards of the shell: each is given a stand-in for the thing it guards and must close it.
import { describe, expect, it } from 'vitest';
import type { MenuItemConstructorOptions, Session } from 'electron';
import { agentEnvironment } from '../../../src/main/agent-environment.ts';
import { menuTemplate } from '../../../src/main/menu-template.ts';
import { safePreferences } from '../../../src/main/window/web-preferences.ts';
import { openExternal, isSafeExternal } from '../../../src/main/security/external.ts';
import { guardNavigation, refusedNavigations } from '../../../src/main/security/navigation.ts';
import { cutNetwork, deadProxy, mayLoad } from '../../../src/main/security/network.ts';
import { denyPermissions } from '../../../src/main/security/permissions.ts';
import { callerOf } from '../../../src/main/security/sender.ts';
import { dangerousSwitches, findDangerousSwitch } from '../../../src/main/security/switches.ts';

describe('navigation', () => {
  const guarded = () => {
    const listeners = new Map<string, (event: { preventDefault: () => void }) => void>();
    let openHandler: () => { action: string } = () => ({ action: 'allow' });
    const reports: string[] = [];
    guardNavigation(
      {
        on: (event, listener) => listeners.set(event, listener),
        setWindowOpenHandler: (handler) => {
          openHandler = handler;
        },
      },
      (event) => reports.push(event),
    );
    return { listeners, open: () => openHandler(), reports };
  };

  it.each(refusedNavigations)('refuses %s and says so without the address', (name) => {
    const { listeners, reports } = guarded();
    let prevented = false;
    listeners.get(name)?.({ preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
    expect(reports).toEqual([name]);
  });

  it('opens no window', () => {
    expect(guarded().open()).toEqual({ action: 'deny' });
  });
});

describe('permissions', () => {
  it('are denied at all four doors', () => {
    const answers: unknown[] = [];
    const reports: string[] = [];
    denyPermissions(
      {
        setPermissionRequestHandler: (handler) =>
          handler(null, 'clipboard-read', (granted) => answers.push(granted)),
        setPermissionCheckHandler: (handler) => answers.push(handler()),
        setDevicePermissionHandler: (handler) => answers.push(handler()),
        setDisplayMediaRequestHandler: (handler) => handler({}, (streams) => answers.push(streams)),
      },
      (permission) => reports.push(permission),
    );
    expect(answers).toEqual([false, false, false, null]);
    expect(reports).toEqual(['clipboard-read', 'display-capture']);
  });
});

describe('network', () => {
  it.each([
    'https://example.com/',
    'http://127.0.0.1:9/',
    'ws://example.com',
    'file:///etc/passwd',
    'data:text/html,hello',
    'blob:app://vault/1',
    'chrome://gpu',
    'nonsense',
    '',
  ])('loads nothing from %j', (url) => {
    expect(mayLoad(url, false)).toBe(false);
    expect(mayLoad(url, true)).toBe(false);
  });

  it('loads the app, and the inspector only where there is one', () => {
    expect(mayLoad('app://vault/index.html', false)).toBe(true);
    expect(mayLoad('devtools://devtools/inspector.html', false)).toBe(false);
    expect(mayLoad('devtools://devtools/inspector.html', true)).toBe(true);
  });

  it('cancels requests, leads the proxy nowhere and turns the spell checker off', async () => {
    const done: unknown[] = [];
    const reports: string[] = [];
    let ask: (url: string) => unknown = () => null;
    await cutNetwork(
      {
        webRequest: {
          onBeforeRequest: (listener) => {
            ask = (url) => {
              let cancelled: unknown = null;
              listener({ url }, (answer) => (cancelled = answer.cancel));
              return cancelled;
            };
          },
        },
        setProxy: (config) => {
          done.push(config);
          return Promise.resolve();
        },
        setSpellCheckerEnabled: (enabled) => done.push(enabled),
      },
      false,
      (scheme) => reports.push(scheme),
    );
    expect(ask('https://example.com/secret')).toBe(true);
    expect(ask('app://vault/index.html')).toBe(false);
    expect(done).toEqual([{ proxyRules: deadProxy, proxyBypassRules: '<-loopback>' }, false]);
    expect(reports).toEqual(['https:']);
  });
});

describe('the sender of a message', () => {
  const frame = { parent: null, origin: 'app://vault' };
  const ask = (sender: Parameters<typeof callerOf>[0]) => callerOf(sender, 7, 'app://vault');

  it('is the window when frame, origin and WebContents agree', () => {
    expect(ask({ frame, contentsId: 7 })).toBe('window');
  });

  it.each([
    ['a frame that is gone', { frame: null, contentsId: 7 }],
    ['a sub-frame', { frame: { ...frame, parent: {} }, contentsId: 7 }],
    ['another origin', { frame: { ...frame, origin: 'app://about' }, contentsId: 7 }],
    ['an opaque origin', { frame: { ...frame, origin: 'null' }, contentsId: 7 }],
    ['a look-alike origin', { frame: { ...frame, origin: 'app://vault.example' }, contentsId: 7 }],
    ['another WebContents', { frame, contentsId: 8 }],
  ])('is nobody for %s', (_name, sender) => {
    expect(ask(sender)).toBeNull();
  });
});

describe('command-line switches', () => {
  const none = () => false;

  it.each([
    ['--remote-debugging-port=9222'],
    ['-inspect'],
    ['--inspect-brk=0.0.0.0:1'],
    ['/no-sandbox'],
    ['--Disable-Web-Security'],
    ['--js-flags=--allow-natives-syntax'],
  ])('finds %s', (word) => {
    expect(findDangerousSwitch(['keyturn', word], none)).not.toBeNull();
  });

  it.each([['--demo'], ['--lang=de'], ['--ozone-platform=wayland'], ['inspect'], ['--']])(
    'leaves %s alone',
    (word) => {
      expect(findDangerousSwitch([word], none)).toBeNull();
    },
  );

  it('asks Chromium too, which knows of more than the command line', () => {
    for (const name of dangerousSwitches) {
      expect(findDangerousSwitch([], (asked) => asked === name)).toBe(name);
    }
  });
});

describe('links to the outside', () => {
  it.each([
    'http://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:privacy',
    'smb://host/share',
    'https://user:word@example.com/',
    'https:///',
    'not a url',
    `https://example.com/${'a'.repeat(2_001)}`,
  ])('refuses %j and opens nothing', async (url) => {
    const opened: string[] = [];
    const result = await openExternal(url, (target) => {
      opened.push(target);
      return Promise.resolve();
    });
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(opened).toEqual([]);
    expect(isSafeExternal(url)).toBe(false);
  });

  it('opens a secure page in its normal form', async () => {
    const opened: string[] = [];
    const result = await openExternal('https://EXAMPLE.com/keys?id=1', (target) => {
      opened.push(target);
      return Promise.resolve();
    });
    expect(opened).toEqual(['https://example.com/keys?id=1']);
    expect(result).toEqual({ ok: true, value: { url: 'https://example.com/keys?id=1' } });
  });

  it('says what to do where no browser starts', async () => {
    const result = await openExternal('https://example.com', () => Promise.reject(new Error('no')));
    expect(result).toMatchObject({ ok: false, error: { kind: 'io' } });
  });
});

describe('what a page may do', () => {
  const session = {} as Session;

  it('is stated in full', () => {
    expect(safePreferences(session, '/preload.cjs', false)).toEqual({
      session,
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      plugins: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      enableWebSQL: false,
      disableDialogs: true,
      devTools: false,
    });
  });

  it('has an inspector only where one was asked for', () => {
    expect(safePreferences(session, '/preload.cjs', true).devTools).toBe(true);
  });
});

describe('the menu', () => {
  const done: string[] = [];
  const template = menuTemplate({
    go: (to) => done.push(`go ${to}`),
    lock: () => done.push('lock'),
    quit: () => done.push('quit'),
    about: () => done.push('about'),
  });
  const all = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);

  it('has no way to the inspector and no reload', () => {
    const roles = all(template).map((item) => item.role?.toLowerCase());
    for (const role of ['toggledevtools', 'reload', 'forcereload', 'viewmenu', 'appmenu']) {
      expect(roles).not.toContain(role);
    }
  });

  it.each([
    ['Lock', 'CmdOrCtrl+L', 'lock'],
    ['Find', 'CmdOrCtrl+F', 'go find'],
    ['New key…', 'CmdOrCtrl+N', 'go add'],
    ['Settings…', 'CmdOrCtrl+,', 'go settings'],
    ['Commands…', 'CmdOrCtrl+K', 'go palette'],
    ['Quit Keyturn', 'CmdOrCtrl+Q', 'quit'],
  ])('offers %s by %s', (label, accelerator, effect) => {
    const item = all(template).find((one) => one.label === label);
    expect(item?.accelerator).toBe(accelerator);
    const click = item?.click as (() => void) | undefined;
    click?.();
    expect(done.at(-1)).toBe(effect);
  });

  it('gives no key to two things', () => {
    const keys = all(template).flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the surroundings of the agent', () => {
  it('are the few that a process needs', () => {
    const environment = {
      PATH: '/bin',
      HOME: '/home/person',
      NODE_OPTIONS: '--require=x',
      NODE_EXTRA_CA_CERTS: 'x',
      ELECTRON_RUN_AS_NODE: '1',
      LD_PRELOAD: 'x',
      HTTPS_PROXY: 'x',
      SOME_API_KEY: 'x',
      KEYTURN_PASSWORD_FILE: 'x',
      TZ: undefined,
    };
    expect(agentEnvironment(environment)).toEqual({ PATH: '/bin', HOME: '/home/person' });
  });
});
