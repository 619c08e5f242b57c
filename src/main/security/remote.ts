// The only importer of @electron/remote, whose objects would give a page the whole shell (any object handed out leads to
// Function by its constructor). So nothing but primitives leaves: five filters deny all that is not in one frozen table,
// only the About window is ever enabled, and the package is not even loaded before that window is first opened.

export type Fact = string | number | boolean;

const filteredEvents = [
  'remote-require',
  'remote-get-builtin',
  'remote-get-global',
  'remote-get-current-window',
  'remote-get-current-web-contents',
] as const;

/** The package's own event: no Electron Event, it has no preventDefault. `returnValue` wins over `defaultPrevented`. */
type FilterEvent = { returnValue: unknown; defaultPrevented: boolean };
type Contents = { readonly id: number };

/** As much of Electron's App as the filters touch. */
export type FilterHost = {
  on(event: string, listener: (event: FilterEvent, contents: Contents, name?: unknown) => void): unknown;
};

/** As much of `@electron/remote/main` as is used. */
export type RemoteModule<C extends Contents> = {
  readonly initialize: () => void;
  readonly enable: (contents: C) => void;
};

const isPrimitive = (value: unknown): value is Fact =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const freezeFacts = (facts: Readonly<Record<string, Fact>>): Readonly<Record<string, Fact>> => {
  if (!Object.values(facts).every(isPrimitive)) throw new Error('only primitives may leave through remote');
  return Object.freeze(Object.assign(Object.create(null) as Record<string, Fact>, facts));
};

export type ConfinedRemote<C extends Contents> = {
  /** Lets one WebContents, the About window's, ask for the facts. Never the vault's. */
  readonly enableFor: (contents: C) => Promise<void>;
};

/**
 * Confines the package.
 * @param facts what `getGlobal(name)` may answer, primitives only; throws on anything else
 * @param load imports `@electron/remote/main`; called once, at the first use
 */
export const confineRemote = <C extends Contents>(
  app: FilterHost,
  facts: Readonly<Record<string, Fact>>,
  load: () => Promise<RemoteModule<C>>,
): ConfinedRemote<C> => {
  const table = freezeFacts(facts);
  const enabled = new Set<number>();
  let loaded: Promise<RemoteModule<C>> | null = null;

  for (const channel of filteredEvents) {
    app.on(channel, (event, contents, name) => {
      const fact =
        channel === 'remote-get-global' && typeof name === 'string' && enabled.has(contents.id)
          ? table[name]
          : undefined;
      // Both are set: a missing fact leaves returnValue undefined, and then defaultPrevented refuses.
      Object.assign(event, { returnValue: fact, defaultPrevented: true });
    });
  }

  const loadOnce = (): Promise<RemoteModule<C>> => {
    loaded ??= load().then((remote) => {
      remote.initialize();
      return remote;
    });
    return loaded;
  };

  return {
    enableFor: async (contents) => {
      const remote = await loadOnce();
      enabled.add(contents.id);
      remote.enable(contents);
    },
  };
};

/** The real package, for the composition to pass as `load`. */
export const loadRemote = async (): Promise<RemoteModule<Electron.WebContents>> => {
  const module = await import('@electron/remote/main/index.js');
  return { initialize: () => module.initialize(), enable: (contents) => module.enable(contents) };
};
