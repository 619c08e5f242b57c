// The small pure parts of the shell: where the window opens, where the vault lies, what the log lets through, what locks.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHome, type Surroundings } from '../../../src/main/home.ts';
import { initialSettings } from '../../../src/main/initial-settings.ts';
import { readJsonFile, removeFile, writeJsonFile } from '../../../src/main/json-file.ts';
import { createKeyboardGuard } from '../../../src/main/keyboard-guard.ts';
import { createLog, redact } from '../../../src/main/log.ts';
import { lockOnPowerEvents, lockOnScreenLock, type LockTrigger } from '../../../src/main/power.ts';
import { createActivity } from '../../../src/main/window/activity.ts';
import { takePlace } from '../../../src/main/window/take-place.ts';
import { paperOf } from '../../../src/main/window/paper.ts';
import { leastHeight, leastWidth, openingFor, placeShape } from '../../../src/main/window/place.ts';
import { defaultHome } from '../../../src/node/home-folder.ts';

describe('where the window opens', () => {
  const screen = { x: 0, y: 0, width: 1_920, height: 1_040 };
  const second = { x: 1_920, y: 0, width: 1_280, height: 1_000 };
  const place = { x: 2_000, y: 100, width: 1_000, height: 700, maximised: false };

  it('is where it stood, while that screen is there', () => {
    expect(openingFor(place, [screen, second])).toEqual(place);
  });

  it('is for the system to say when that screen is gone', () => {
    expect(openingFor(place, [screen])).toEqual({ width: 1_000, height: 700, maximised: false });
  });

  it.each([
    [{ ...place, x: 3_190, y: 0 }],
    [{ ...place, x: -990, y: 0 }],
    [{ ...place, x: 0, y: -400 }],
    [{ ...place, x: 0, y: 1_030 }],
  ])('is not where it could not be found: %j', (hidden) => {
    expect(openingFor(hidden, [screen, second])).not.toHaveProperty('x');
  });

  it('is never smaller than the least, nor larger than the screen', () => {
    expect(openingFor({ ...place, x: 0, y: 0, width: 1, height: 1 }, [screen])).toMatchObject({
      width: leastWidth,
      height: leastHeight,
    });
    expect(openingFor({ ...place, x: 0, y: 0, width: 9_000, height: 9_000 }, [screen])).toMatchObject({
      width: 1_920,
      height: 1_040,
    });
  });

  it('has a usual size the first time, also without any screen', () => {
    expect(openingFor(null, [screen])).toEqual({ width: 1_240, height: 780, maximised: false });
    expect(openingFor(null, [])).toEqual({ width: 1_240, height: 780, maximised: false });
    expect(openingFor(null, [{ x: 0, y: 0, width: 800, height: 500 }])).toMatchObject({
      width: 900,
      height: 560,
    });
  });

  it.each([
    [{ ...place, x: 0.5 }],
    [{ ...place, width: 0 }],
    [{ ...place, more: 1 }],
    [{ ...place, x: 1e9 }],
    [null],
  ])('does not believe %j', (stored) => {
    expect(v.is(placeShape, stored)).toBe(false);
  });
});

describe('the window after a lock', () => {
  const standIn = (
    old: { minimised?: boolean; hidden?: boolean; focused?: boolean; maximised?: boolean; full?: boolean },
    wayland = false,
  ): string[] => {
    const done: string[] = [];
    takePlace(
      {
        show: () => done.push('show'),
        showInactive: () => done.push('show inactive'),
        minimize: () => done.push('minimise'),
        maximize: () => done.push('maximise'),
        setFullScreen: () => done.push('full screen'),
        moveAbove: (id) => {
          if (wayland) throw new Error('no');
          done.push(`above ${id}`);
        },
      },
      {
        isMinimized: () => old.minimised ?? false,
        isVisible: () => !(old.hidden ?? false),
        isFocused: () => old.focused ?? false,
        isMaximized: () => old.maximised ?? false,
        isFullScreen: () => old.full ?? false,
        getMediaSourceId: () => 'old',
      },
    );
    return done;
  };

  it('is as near as the one before it', () => {
    expect(standIn({ focused: true })).toEqual(['show']);
    expect(standIn({ focused: true, maximised: true })).toEqual(['show', 'maximise']);
    expect(standIn({ focused: true, full: true })).toEqual(['show', 'full screen']);
    expect(standIn({ minimised: true, maximised: true })).toEqual(['minimise']);
    expect(standIn({ hidden: true })).toEqual([]);
  });

  it('does not push itself over what the person works in', () => {
    expect(standIn({})).toEqual(['show inactive', 'above old']);
    expect(standIn({}, true)).toEqual(['show inactive']);
  });
});

describe('where the vault lies', () => {
  const around: Surroundings = {
    argv: [],
    environment: {},
    platform: 'linux',
    personFolder: '/home/person',
    makeTemporary: (prefix) => `/tmp/${prefix}x`,
  };

  it.each(
    ['linux', 'darwin', 'win32'].flatMap((platform) =>
      [
        {},
        { KEYTURN_HOME: '/own' },
        { KEYTURN_HOME: '' },
        { KEYTURN_HOME: 'relative' },
        { XDG_DATA_HOME: '/data' },
        { XDG_DATA_HOME: 'relative' },
        { APPDATA: '/roaming' },
      ].map((environment) => ({ platform: platform as NodeJS.Platform, environment })),
    ),
  )('is where the command line looks too: $platform $environment', ({ platform, environment }) => {
    const found = findHome({ ...around, platform, environment });
    expect(found).toEqual({ folder: defaultHome(environment, platform, '/home/person'), demo: false });
  });

  it('is a fresh folder for a demonstration, whatever else was asked', () => {
    expect(findHome({ ...around, argv: ['--demo'], environment: { KEYTURN_HOME: '/own' } })).toEqual({
      folder: '/tmp/keyturn-demo-x',
      demo: true,
    });
  });
});

describe('the log', () => {
  const keyLike = ['LIVE', 'API', 'KEY'].join('_') + ':' + 'a1'.repeat(16);

  it('writes one line of words and facts', () => {
    const lines: string[] = [];
    createLog((line) => lines.push(line), '/home/person')('warn', 'agent.exit', {
      code: 1,
      kind: 'two\nlines',
    });
    expect(lines).toEqual(['keyturn warn: agent.exit code=1 kind="two\\nlines"\n']);
  });

  it('lets nothing through that is as long as a key, and no folder of the person', () => {
    const line = redact(`could not use ${keyLike} in /home/person/work`, '/home/person');
    expect(line).toBe('could not use [redacted] in ~/work');
  });

  it('cuts what is long', () => {
    expect(redact('ab '.repeat(1_000), '')).toHaveLength(200);
  });
});

describe('small files', () => {
  const shape = v.strictObject({ a: v.number() });
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyturn-json-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('come back as they were written, and leave no other file behind', () => {
    const file = join(folder, 'deep', 'x.json');
    expect(writeJsonFile(file, { a: 1 })).toBe(true);
    expect(writeJsonFile(file, { a: 2 })).toBe(true);
    expect(readJsonFile(file, shape)).toEqual({ a: 2 });
    expect(readdirSync(join(folder, 'deep'))).toEqual(['x.json']);
    expect(removeFile(file)).toBe(true);
    expect(readJsonFile(file, shape)).toBeNull();
  });

  it.each(['', '{', '[]', '{"a":"1"}', '{"a":1,"b":2}', `{"a":1}${' '.repeat(5_000)}`])(
    'count as absent when they hold %j',
    (content) => {
      const file = join(folder, 'x.json');
      writeFileSync(file, content);
      expect(readJsonFile(file, shape)).toBeNull();
    },
  );

  it('do not break a start where the folder cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(writeJsonFile(join(folder, 'file', 'x.json'), {})).toBe(false);
  });
});

describe('what locks', () => {
  const locksOn = (changed: Partial<typeof initialSettings>): LockTrigger[] => {
    const locked: LockTrigger[] = [];
    const listeners: (() => void)[] = [];
    lockOnPowerEvents(
      { on: (_event, listener) => listeners.push(listener) },
      () => ({ ...initialSettings, ...changed }),
      (trigger) => locked.push(trigger),
    );
    for (const listener of listeners) listener();
    return locked.sort();
  };

  it('is every event of the system, as long as the person has not said otherwise', () => {
    expect(locksOn({})).toEqual(['lock-screen', 'shutdown', 'suspend', 'user-did-resign-active']);
  });

  it('follows the person, but never stays open through a shutdown', () => {
    expect(locksOn({ lockOnSystemLock: false })).toEqual(['shutdown', 'suspend']);
    expect(locksOn({ lockOnSleep: false })).toEqual(['lock-screen', 'shutdown', 'user-did-resign-active']);
    expect(locksOn({ lockOnSleep: false, lockOnSystemLock: false })).toEqual(['shutdown']);
  });
});

describe('a locked screen on Linux', () => {
  const watch = (states: readonly ('active' | 'locked')[], lockOnSystemLock = true): number => {
    let at = 0;
    let locks = 0;
    let look: () => void = () => undefined;
    lockOnScreenLock(
      { getSystemIdleState: () => states[at] ?? 'active' },
      (_ms, task) => {
        look = task;
      },
      () => ({ ...initialSettings, lockOnSystemLock }),
      () => {
        locks += 1;
      },
    );
    for (at = 1; at < states.length; at += 1) look();
    return locks;
  };

  it('locks the vault once each time the screen is locked', () => {
    expect(watch(['active', 'active', 'locked', 'locked', 'active', 'locked'])).toBe(2);
  });

  it('does not lock for ever where the desktop always says so', () => {
    expect(watch(['locked', 'locked', 'locked'])).toBe(0);
  });

  it('follows the person', () => {
    expect(watch(['active', 'locked'], false)).toBe(0);
  });
});

describe('a sign of life', () => {
  it('reaches the agent at once, then at most every five seconds', () => {
    let now = 0;
    let touches = 0;
    const active = createActivity(
      () => {
        touches += 1;
      },
      () => now,
    );
    for (now = 0; now < 10_000; now += 100) active();
    expect(touches).toBe(2);
  });
});

describe('the keyboard of a Mac', () => {
  it('is guarded while a locked window has the focus, and every on has its off', () => {
    const calls: boolean[] = [];
    let unlocked = false;
    const guard = createKeyboardGuard(
      { setSecureKeyboardEntryEnabled: (on) => calls.push(on) },
      'darwin',
      () => unlocked,
    );
    guard.focusChanged(true);
    guard.focusChanged(true);
    unlocked = true;
    guard.lockChanged();
    unlocked = false;
    guard.lockChanged();
    guard.focusChanged(false);
    expect(calls).toEqual([true, false, true, false]);
  });

  it('is left alone elsewhere', () => {
    const calls: boolean[] = [];
    const guard = createKeyboardGuard(
      { setSecureKeyboardEntryEnabled: (on) => calls.push(on) },
      'linux',
      () => false,
    );
    guard.focusChanged(true);
    expect(calls).toEqual([]);
  });
});

describe('the paper', () => {
  it('follows the theme, and the system where that was chosen', () => {
    expect(paperOf('light', true)).toBe(paperOf('system', false));
    expect(paperOf('dark', false)).toBe(paperOf('system', true));
    expect(paperOf('dark', false)).not.toBe(paperOf('light', false));
  });
});
