// How many questions are under way at once.
import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../src/agent/checking/lanes.ts';

type Job = { readonly lane: string; readonly name: string };

const driver = (perLane: number, inAll: number) => {
  const lanes = createLanes(perLane, inAll);
  const running = new Map<string, () => void>();
  const order: string[] = [];
  const start = ({ lane, name }: Job): Promise<void> =>
    lanes.run(lane, () => {
      order.push(name);
      return new Promise<void>((resolve) => running.set(name, resolve));
    });
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const end = async (name: string): Promise<void> => {
    running.get(name)?.();
    running.delete(name);
    await settle();
  };
  return { start, end, settle, order, running };
};

describe('lanes', () => {
  it('let two of one provider run, and others past those who wait', async () => {
    const { start, end, settle, order, running } = driver(2, 8);
    const all = ['a1', 'a2', 'a3', 'b1'].map((name) => start({ lane: name.charAt(0), name }));
    await settle();
    expect(order).toEqual(['a1', 'a2', 'b1']);
    await end('a2');
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3']);
    for (const name of [...running.keys()]) await end(name);
    await Promise.all(all);
  });

  it('never have more than so many in all, and give each its turn', async () => {
    const { start, end, settle, order, running } = driver(2, 3);
    const all = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((name) => start({ lane: name.charAt(0), name }));
    await settle();
    expect(running.size).toBe(3);
    while (running.size > 0) {
      expect(running.size).toBeLessThanOrEqual(3);
      await end([...running.keys()][0] ?? '');
    }
    await Promise.all(all);
    expect([...order].sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'c1']);
    expect(order.indexOf('c1')).toBeLessThan(order.indexOf('a3'));
  });

  it('go on after work that failed, and forget lanes that are empty', async () => {
    const lanes = createLanes(1, 1);
    await expect(lanes.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lanes.run('a', () => Promise.resolve(7))).toBe(7);
    const many = await Promise.all(
      Array.from({ length: 2_000 }, (_, at) => lanes.run('a', () => Promise.resolve(at))),
    );
    expect(many).toHaveLength(2_000);
  });
});
