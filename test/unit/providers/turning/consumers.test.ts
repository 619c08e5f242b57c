// What a turn asks of a person for third parties that hold the key: Integral's own steps, and its rule about read-only keys.
import { describe, expect, it } from 'vitest';
import { consumerWords, integral } from '../../../../src/core/providers/consumers.ts';

const readOnly = { provider: 'circle-mint', access: 'read-only' } as const;

describe('a task for Integral', () => {
  const words = consumerWords('integral', 'bookkeeping', readOnly);

  it('leads through its own pages in their order, and clears the clipboard', () => {
    const order = [
      '+Wallets',
      'search for "Circle"',
      '"Circle: API"',
      'Paste',
      'Sync',
      'Clear the clipboard',
    ];
    const places = order.map((word) => words.detail.indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(words.title).toBe('Paste the new key at Integral');
    expect(words.detail).toContain('bookkeeping');
  });

  it('says that the key must be read-only and its IP allowlist empty', () => {
    expect(words.detail).toMatch(/must be read-only, with an empty IP allowlist/);
    expect(words.problem).toBeNull();
  });

  it.each(['full', 'limited', 'unknown'] as const)('has a problem with access that is %s', (access) => {
    expect(consumerWords('Integral', '', { ...readOnly, access }).problem).toContain('read-only');
  });

  it('has a problem with a key of the Console', () => {
    expect(consumerWords('Integral', '', { ...readOnly, provider: 'circle-w3s' }).problem).toContain(
      'circle-mint',
    );
  });
});

describe('a task for somebody else', () => {
  it('asks to hand it over as before, and has no rule', () => {
    const { title, detail, problem } = consumerWords('The printers', 'labels', {
      provider: 'x',
      access: 'full',
    });
    expect(title).toBe('Give The printers the new key');
    expect(detail).toContain('labels');
    expect(problem).toBeNull();
  });

  it('is bounded, whatever the name', () => {
    const words = consumerWords('n'.repeat(5_000), 'p'.repeat(5_000), { provider: 'x', access: 'full' });
    expect(words.title.length).toBeLessThanOrEqual(300);
    expect(words.detail.length).toBeLessThanOrEqual(2_000);
  });

  it('fits what is shown of a known one', () => {
    expect(integral.rotationSteps.every((step) => step.length < 200)).toBe(true);
  });
});
