// Every provider's guide leads a person from the old key to the old key refused: where, who, what to choose, paste, hand out, end it,
// prove it. Held for all 54, since any way by an interface falls back to the guide.
import { describe, expect, it } from 'vitest';
import { builtInProviders } from '../../../../src/core/providers/provider-list.ts';

const guides = builtInProviders.map((provider) => [provider.id, provider] as const);
const lineOf = (provider: (typeof builtInProviders)[number], id: string): string =>
  provider.rotation.steps.find((step) => step.id === id)?.text ?? '';

describe('a guide', () => {
  it.each(guides)('%s has every step once, in an order that a person can take', (_, { rotation }) => {
    const ids = rotation.steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ['create', 'verify', 'distribute', 'test', 'revoke', 'prove'] as const)
      expect(ids, id).toContain(id);
    const at = (id: (typeof ids)[number]): number => ids.indexOf(id);
    expect(at('verify')).toBe(at('create') + 1);
    expect(at('distribute')).toBeLessThan(at('test'));
    expect(at('prove')).toBe(ids.length - 1);
    if (rotation.overlap) expect(at('test')).toBeLessThan(at('revoke'));
    expect(at('prepare')).toBeLessThanOrEqual(0);
  });

  it.each(guides)('%s says where to go, or why there is no page', (_, { portals, rotation }) => {
    expect(portals.length > 0 || (rotation.withoutPortal ?? '').length > 20).toBe(true);
    expect(portals.length > 0 && rotation.withoutPortal !== undefined).toBe(false);
    for (const portal of portals) expect(portal.path.length).toBeGreaterThan(5);
  });

  it.each(guides)('%s says who may do it, and is more than "create a second one"', (_, provider) => {
    expect(provider.rotation.needs.length).toBeGreaterThan(15);
    expect(lineOf(provider, 'create').length).toBeGreaterThan(45);
    expect(lineOf(provider, 'revoke').length).toBeGreaterThan(30);
    expect(lineOf(provider, 'prove')).toMatch(/Keyturn (?:asks|logs in|signs)/);
  });

  it.each(guides.filter(([, { reveal }]) => reveal.live === 'once'))(
    '%s shows its key once, and the step that makes it says to keep it',
    (_, provider) => {
      expect(lineOf(provider, 'create')).toMatch(/copy|keep|once/i);
    },
  );

  it.each(guides.filter(([, { rotation }]) => rotation.typedConfirmation !== undefined))(
    '%s asks to type what its portal asks for',
    (_, provider) => {
      expect(lineOf(provider, 'revoke')).toContain(provider.rotation.typedConfirmation);
      expect(lineOf(provider, 'confirm')).toContain(provider.rotation.typedConfirmation);
    },
  );

  it('fits a task: no step is longer than what is shown of one', () => {
    for (const { rotation } of builtInProviders)
      for (const { text } of rotation.steps) expect(text.length).toBeLessThanOrEqual(500);
  });
});

describe('the four systems', () => {
  const find = (id: string): (typeof builtInProviders)[number] =>
    builtInProviders.find((provider) => provider.id === id)!;

  it('Circle: Administrator, ten keys, name and allowlist, X, and DELETE', () => {
    const circle = find('circle-mint');
    expect(circle.rotation.needs).toMatch(/Administrator.*10 of 10/);
    expect(lineOf(circle, 'create')).toMatch(/name and IP allowlist.*copy.*close with X/);
    expect(lineOf(circle, 'prepare')).toMatch(/restricted or read-only.*representative/i);
    expect(lineOf(circle, 'revoke')).toMatch(/ellipsis.*delete.*type DELETE.*delete/);
  });

  it('Appcircle: the same organisation and roles, a later date, since the same one prolongs nothing', () => {
    const appcircle = find('appcircle');
    expect(lineOf(appcircle, 'prepare')).toMatch(/same date does not last longer/);
    expect(lineOf(appcircle, 'create')).toMatch(/later date.*same organisation and the same roles.*once/);
    expect(lineOf(appcircle, 'revoke')).toMatch(/permanent/);
  });

  it('a personal key of Appcircle goes before the next is made', () => {
    const ids = find('appcircle-pak').rotation.steps.map(({ id }) => id);
    expect(ids.indexOf('revoke')).toBeLessThan(ids.indexOf('create'));
    expect(find('appcircle-pak').rotation.overlap).toBe(false);
  });

  it('Circa: everything works before the revoke, which bites at once', () => {
    const circa = find('circa');
    expect(lineOf(circa, 'test')).toMatch(/after revoking there is no overlap/);
    expect(lineOf(circa, 'revoke')).toMatch(/at once/);
    expect(lineOf(circa, 'prove')).toMatch(/first try/);
  });
});
