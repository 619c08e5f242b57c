// Runs inside the page before its own code: makes `window.keyturn` out of the contract's names, as the preload does. It is
// sent as text, so it may use nothing from outside itself.
type Names = { readonly calls: readonly string[]; readonly events: readonly string[] };
type Listener = (payload: unknown) => void;
type Inside = Window & {
  keyturnCall: (name: string, input: unknown) => Promise<unknown>;
  keyturnEmit: (event: string, payload: unknown) => void;
};

export const installBridge = ({ calls, events }: Names): void => {
  const inside = window as unknown as Inside;
  const pack = (value: unknown): unknown => {
    if (value === undefined) return { $undefined: true };
    if (value instanceof Uint8Array) return { $bytes: [...value] };
    if (Array.isArray(value)) return value.map(pack);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, pack(each)]));
  };
  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unpack);
    if (typeof value !== 'object' || value === null) return value;
    if ('$undefined' in value) return undefined;
    if ('$bytes' in value) return Uint8Array.from(value.$bytes as number[]);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpack(each)]));
  };
  const send = inside.keyturnCall;
  const listeners = new Map<string, Set<Listener>>();
  inside.keyturnEmit = (event, payload) => {
    for (const listener of listeners.get(event) ?? []) listener(unpack(payload));
  };
  const on = (event: string, listener: Listener): (() => void) => {
    if (!events.includes(event)) throw new Error('There is no such event.');
    const set = listeners.get(event) ?? new Set();
    listeners.set(event, set.add(listener));
    return () => set.delete(listener);
  };
  const functions = Object.fromEntries(
    calls.map((name) => [name, async (input: unknown) => unpack(await send(name, pack(input)))]),
  );
  Object.defineProperty(window, 'keyturn', { value: Object.freeze({ ...functions, on }) });
};
