// The lists that stand apart from the contract, so that the preload stays small, must say what the contract says.
import { describe, expect, it } from 'vitest';
import { calls } from '../../../src/contract/contract.ts';
import { eventNames } from '../../../src/contract/events.ts';
import {
  shellCallNames,
  windowCallNames,
  windowEventNames,
} from '../../../src/contract/window-call-names.ts';
import { defaultSettings } from '../../../src/core/model/settings.ts';
import { initialSettings } from '../../../src/main/initial-settings.ts';

const namesWhere = (fits: (spec: (typeof calls)[keyof typeof calls]) => boolean): string[] =>
  Object.entries(calls)
    .filter(([, spec]) => fits(spec))
    .map(([name]) => name)
    .sort();

describe('the names of the bridge', () => {
  it('are exactly the calls that the window may send', () => {
    expect([...windowCallNames].sort()).toEqual(namesWhere((spec) => spec.callers.includes('window')));
  });

  it('hold every event', () => {
    expect([...windowEventNames].sort()).toEqual([...eventNames].sort());
  });

  it('give the shell exactly the calls of its room', () => {
    expect([...shellCallNames].sort()).toEqual(namesWhere((spec) => spec.room === 'shell'));
  });

  it('never offer the window a call that lends a secret to the shell', () => {
    for (const name of [
      'keys.lend',
      'clipboard.mark',
      'portal.resolve',
      'export.render',
      'import.previewPath',
    ]) {
      expect(windowCallNames).not.toContain(name);
    }
  });
});

describe('the settings before the agent has spoken', () => {
  it('are the usual ones', () => {
    expect(initialSettings).toEqual(defaultSettings);
  });
});
