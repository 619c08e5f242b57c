// The keys as a provider keeps them: who has which rights, which are gone, which are not known everywhere yet. Secrets are made at random.
export type RemoteKey = {
  readonly id: string;
  readonly name: string;
  /** Fields of the key as the provider's definition names them, secret ones among them. */
  readonly values: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  /** What a provider notes besides: scopes, a policy, whose it is. */
  readonly notes: Readonly<Record<string, unknown>>;
  /** Whether it may manage keys. */
  readonly mayManage: boolean;
  active: boolean;
  gone: boolean;
  /** So many requests that it proves are still refused, though it is there. */
  refusedFor: number;
  /** So many requests that it proves are still accepted, though it is gone. */
  acceptedFor: number;
};

export type NewKey = Pick<RemoteKey, 'id' | 'values'> &
  Partial<Pick<RemoteKey, 'name' | 'notes' | 'mayManage'>>;

export type RemoteKeys = {
  readonly all: RemoteKey[];
  /** Those that are listed. */
  readonly listed: () => readonly RemoteKey[];
  readonly find: (id: string) => RemoteKey | undefined;
  readonly add: (key: NewKey) => RemoteKey;
  readonly remove: (key: RemoteKey) => void;
  /** Whether a request that this key proves is accepted now. Counts down what is not settled. */
  readonly accepts: (key: RemoteKey) => boolean;
  /** Set by tests. */
  max: number;
  withdrawn: boolean;
  newRefusedFor: number;
  goneAcceptedFor: number;
};

export const remoteKeys = (): RemoteKeys => {
  const keys: RemoteKeys = {
    all: [],
    listed: () => keys.all.filter(({ gone }) => !gone),
    find: (id) => keys.all.find((key) => key.id === id && !key.gone),
    add: (key) => {
      const made: RemoteKey = {
        name: '',
        notes: {},
        mayManage: true,
        ...key,
        createdAtMs: Date.now(),
        active: true,
        gone: false,
        refusedFor: keys.newRefusedFor,
        acceptedFor: 0,
      };
      keys.all.push(made);
      return made;
    },
    remove: (key) => {
      key.gone = true;
      key.acceptedFor = keys.goneAcceptedFor;
    },
    accepts: (key) => {
      if (key.gone || !key.active) {
        key.acceptedFor -= 1;
        return key.acceptedFor >= 0;
      }
      key.refusedFor -= 1;
      return key.refusedFor < 0;
    },
    max: Infinity,
    withdrawn: false,
    newRefusedFor: 0,
    goneAcceptedFor: 0,
  };
  return keys;
};
