// Runs in the page, once in each of its two worlds: carries values and calls between the preload's world and the page's
// over a DOM node that only the two of them hold. Rules of copying: Electron's docs/api/context-bridge.md. Self-contained.

export type PageBridge = {
  /** Puts `api` into the other world as `window[name]`, copied, functions proxied, frozen. */
  readonly expose: (name: string, api: unknown) => void;
  /** A function of this world that the other side may call by name (not reachable by the page itself). */
  readonly serve: (name: string, fn: (...parts: never[]) => unknown) => void;
  readonly call: (name: string, ...parts: unknown[]) => unknown;
};

/** Makes one end. `mine` and `theirs` are the event names this end listens to and fires. */
export const makePageBridge = (node: EventTarget, mine: string, theirs: string): PageBridge => {
  type Packed = { readonly t: string; readonly [field: string]: unknown };
  type Call = (...parts: unknown[]) => unknown;
  type Reply = { readonly value?: unknown; readonly error?: unknown };
  type Settle = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void };
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const { apply, defineProperty } = Reflect;
  const Custom = CustomEvent;
  const clone = structuredClone;
  const functions = new Map<number, Call>();
  const ids = new Map<Call, number>();
  const promises = new Map<number, Settle>();
  const served = new Map<string, Call>();
  const replies: Reply[] = [];
  let last = 0;

  const fire = (detail: unknown): void => {
    apply(dispatch, node, [new Custom(theirs, { detail })]);
  };
  const idOf = (fn: Call): number => {
    const id = ids.get(fn) ?? ++last;
    ids.set(fn, id);
    functions.set(id, fn);
    return id;
  };
  const watch = (promise: Promise<unknown>): number => {
    const id = ++last;
    const settle = (ok: boolean, value: unknown): void => {
      try {
        fire({ op: 'settle', id, ok, value: pack(value) });
      } catch (error) {
        fire({ op: 'settle', id, ok: false, value: pack(error) });
      }
    };
    promise.then(
      (value) => settle(true, value),
      (error: unknown) => settle(false, error),
    );
    return id;
  };
  const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);
  const isPlain = (value: object): boolean =>
    !(ArrayBuffer.isView(value) || value instanceof Blob || value instanceof Node) &&
    !/^(Date|RegExp|Map|Set|WeakMap|WeakSet|ArrayBuffer|SharedArrayBuffer|Boolean|Number|String|BigInt|Symbol)$/.test(
      kindOf(value),
    );

  const pack = (value: unknown, seen = new Map<unknown, number>(), depth = 0): unknown => {
    if (depth >= 1000) {
      throw new TypeError(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    }
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
      if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
      return value;
    }
    if (typeof value === 'function') return { t: 'f', id: idOf(value as Call) };
    const known = seen.get(value);
    if (known !== undefined) return { t: 'r', i: known };
    if (value instanceof Promise) return { t: 'p', id: watch(value) };
    // Only the message of an error crosses: its class and its own properties are lost.
    if (value instanceof Error) return { t: 'e', message: value.message };
    seen.set(value, seen.size);
    if (Array.isArray(value)) return { t: 'a', v: value.map((item) => pack(item, seen, depth + 1)) };
    if (isPlain(value)) {
      const keys = Object.keys(value);
      return {
        t: 'o',
        e: keys.map((key) => [key, pack((value as Record<string, unknown>)[key], seen, depth + 1)]),
      };
    }
    try {
      return { t: 'c', v: clone(value) };
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };

  const proxy = (id: number): Call => {
    // An ordinary function, as Electron's is: it has a name of its own and can be told from an arrow by nobody.
    const call = (...parts: unknown[]): unknown => request({ op: 'call', id, parts: pack(parts) });
    return call;
  };
  const unpack = (packed: unknown, made: unknown[] = []): unknown => {
    if (packed === null || typeof packed !== 'object') return packed;
    const value = packed as Packed;
    if (value.t === 'f') return proxy(value['id'] as number);
    if (value.t === 'r') return made[value['i'] as number];
    if (value.t === 'e') return new Error(value['message'] as string);
    if (value.t === 'p') {
      return new Promise((resolve, reject) => promises.set(value['id'] as number, { resolve, reject }));
    }
    if (value.t === 'c') {
      made.push(value['v']);
      return value['v'];
    }
    if (value.t === 'a') {
      const list: unknown[] = [];
      made.push(list);
      for (const item of value['v'] as unknown[]) list.push(unpack(item, made));
      return list;
    }
    const object = {};
    made.push(object);
    for (const [key, inner] of value['e'] as [string, unknown][]) {
      defineProperty(object, key, {
        value: unpack(inner, made),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return object;
  };

  /** Fires at the other end, which answers before the event returns: calls over the bridge are synchronous. */
  const request = (detail: object): unknown => {
    fire(detail);
    const reply = replies.pop();
    if (reply === undefined) throw new Error('The other world is gone.');
    if ('error' in reply) throw unpack(reply.error);
    return unpack(reply.value);
  };
  const answer = (act: () => unknown): void => {
    let reply: Reply;
    try {
      reply = { value: pack(act()) };
    } catch (error) {
      reply = { error: pack(error instanceof Error ? error : new Error(String(error))) };
    }
    fire({ op: 'reply', reply });
  };
  const freeze = (value: unknown, seen = new Set<unknown>()): void => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
    if (seen.has(value) || ArrayBuffer.isView(value)) return;
    seen.add(value);
    for (const key of Object.getOwnPropertyNames(value))
      freeze((value as Record<string, unknown>)[key], seen);
    Object.freeze(value);
  };
  const bind = (name: string, api: unknown): void => {
    if (name in globalThis)
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    const value = unpack(api);
    freeze(value);
    defineProperty(globalThis, name, { value, writable: false, enumerable: true, configurable: false });
  };

  const operations: Record<string, (detail: Packed) => void> = {
    reply: (detail) => void replies.push(detail['reply'] as Reply),
    call: (detail) =>
      answer(() => functions.get(detail['id'] as number)?.(...(unpack(detail['parts']) as unknown[]))),
    serve: (detail) =>
      answer(() => served.get(detail['name'] as string)?.(...(unpack(detail['parts']) as unknown[]))),
    expose: (detail) => answer(() => bind(detail['name'] as string, detail['api'])),
    settle: (detail) => {
      const promise = promises.get(detail['id'] as number);
      promises.delete(detail['id'] as number);
      if (detail['ok']) promise?.resolve(unpack(detail['value']));
      else promise?.reject(unpack(detail['value']));
    },
  };
  node.addEventListener(mine, (event) => {
    const detail = apply(detailOf as () => unknown, event, []) as Packed & { op: string };
    operations[detail.op]?.(detail);
  });

  return {
    expose: (name, api) => void request({ op: 'expose', name, api: pack(api) }),
    serve: (name, fn) => void served.set(name, fn as Call),
    call: (name, ...parts) => request({ op: 'serve', name, parts: pack(parts) }),
  };
};
