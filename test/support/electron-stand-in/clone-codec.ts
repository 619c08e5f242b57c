// Structured clone as text: what crosses between the page and this process is a string. The very same function runs on
// both sides (its source is put into the page), so it must not refer to anything outside itself.

export type CloneCodec = {
  readonly encode: (value: unknown) => string;
  readonly decode: (text: string) => unknown;
};

/** Makes a codec. `encode` throws Electron's "An object could not be cloned." for what structured clone refuses. */
export const makeCloneCodec = (): CloneCodec => {
  type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
  const scope = globalThis as unknown as {
    Buffer?: {
      from: (bytes: unknown, encoding?: string) => Uint8Array & { toString: (kind: string) => string };
    };
    Uint8Array: typeof Uint8Array & { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
    structuredClone: <T>(value: T) => T;
  } & Record<string, new (...parts: unknown[]) => object>;

  const toBase64 = (bytes: Uint8Array): string =>
    scope.Buffer
      ? scope.Buffer.from(bytes).toString('base64')
      : (bytes as Uint8Array & { toBase64: () => string }).toBase64();
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    scope.Buffer
      ? new Uint8Array(scope.Buffer.from(text, 'base64'))
      : (scope.Uint8Array.fromBase64?.(text) ?? new Uint8Array());

  const number = (value: number): Json =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ['n', Object.is(value, -0) ? '-0' : String(value)];

  const encodeObject = (value: object, seen: Map<object, number>): Json => {
    const known = seen.get(value);
    if (known !== undefined) return ['r', known];
    seen.set(value, seen.size);
    if (Array.isArray(value)) return ['a', value.length, ...entries(value, seen)];
    if (value instanceof Date) return ['d', number(value.getTime())];
    if (value instanceof RegExp) return ['x', value.source, value.flags];
    if (value instanceof Map)
      return ['m', ...[...value].map(([k, v]): Json => [encode(k, seen), encode(v, seen)])];
    if (value instanceof Set) return ['s', ...[...value].map((item) => encode(item, seen))];
    if (value instanceof Error) return ['e', value.name, value.message, value.stack ?? ''];
    if (value instanceof ArrayBuffer) return ['b', toBase64(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      const kind = Object.prototype.toString.call(value).slice(8, -1);
      return ['v', kind, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
    }
    if (value instanceof Boolean || value instanceof Number || value instanceof String) {
      return ['w', encode(value.valueOf(), seen)];
    }
    return ['o', ...entries(value, seen)];
  };
  const entries = (value: object, seen: Map<object, number>): Json[] =>
    Object.keys(value).map((key): Json => [key, encode((value as Record<string, unknown>)[key], seen)]);
  const encode = (value: unknown, seen: Map<object, number>): Json => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return number(value);
    if (typeof value === 'undefined') return ['u'];
    if (typeof value === 'bigint') return ['i', String(value)];
    return encodeObject(value, seen);
  };

  // What JSON itself says exactly travels as it is: a list of 10,000 keys would take many times as long piece by piece.
  const isTree = (value: unknown, seen: Set<object>): boolean => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value !== 'object' || seen.has(value)) return false;
    seen.add(value);
    if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
    const keys = Object.keys(value);
    if (Array.isArray(value) && keys.length !== value.length) return false;
    return keys.every((key) => isTree((value as Record<string, unknown>)[key], seen));
  };

  const fill = (target: object, parts: Json[], made: unknown[]): object => {
    made.push(target);
    for (const part of parts as [string, Json][]) {
      const value = decode(part[1], made);
      Object.defineProperty(target, part[0], { value, writable: true, enumerable: true, configurable: true });
    }
    return target;
  };
  const keep = <T>(value: T, made: unknown[]): T => {
    made.push(value);
    return value;
  };
  const view = (kind: string, bytes: Uint8Array<ArrayBuffer>): object => {
    const View = scope[kind] as unknown as new (buffer: ArrayBuffer) => object;
    return new View(bytes.buffer);
  };
  const error = (name: string, message: string, stack: string): Error => {
    const known = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
    const Kind = (known.includes(name) ? scope[name] : Error) as ErrorConstructor;
    const made = new Kind(message);
    Object.defineProperty(made, 'stack', { value: stack, writable: true, configurable: true });
    return made;
  };
  const readers: Record<string, (parts: Json[], made: unknown[]) => unknown> = {
    j: ([tree]) => tree,
    u: () => undefined,
    n: ([text]) => Number(text),
    i: ([text]) => BigInt(text as string),
    r: ([index], made) => made[index as number],
    a: ([length, ...parts], made) =>
      fill(
        Array.from({ length: length as number }, () => undefined),
        parts,
        made,
      ),
    o: (parts, made) => fill({}, parts, made),
    d: ([ms], made) => keep(new Date(decode(ms ?? null, made) as number), made),
    x: ([source, flags], made) => keep(new RegExp(source as string, flags as string), made),
    m: (parts, made) => {
      const map = keep(new Map(), made);
      for (const [k, v] of parts as [Json, Json][]) map.set(decode(k, made), decode(v, made));
      return map;
    },
    s: (parts, made) => {
      const set = keep(new Set(), made);
      for (const part of parts) set.add(decode(part, made));
      return set;
    },
    e: ([name, message, stack], made) =>
      keep(error(name as string, message as string, stack as string), made),
    b: ([text], made) => keep(fromBase64(text as string).buffer, made),
    v: ([kind, text], made) => keep(view(kind as string, fromBase64(text as string)), made),
    w: ([inner], made) => {
      const index = made.push(undefined) - 1;
      made[index] = new Object(decode(inner ?? null, made));
      return made[index];
    },
  };
  const decode = (json: Json, made: unknown[]): unknown => {
    if (!Array.isArray(json)) return json;
    const [tag, ...parts] = json;
    return readers[tag as string]?.(parts, made);
  };

  return {
    encode: (value) => {
      let plain: unknown;
      try {
        // The engine's own algorithm decides what may pass: getters run, prototypes go, functions throw.
        plain = scope.structuredClone(value);
      } catch {
        throw new Error('An object could not be cloned.');
      }
      return JSON.stringify(isTree(plain, new Set()) ? ['j', plain] : encode(plain, new Map()));
    },
    decode: (text) => decode(JSON.parse(text) as Json, []),
  };
};

export const cloneCodec = makeCloneCodec();
