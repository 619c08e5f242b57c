// Electron's bridge to its native parts. Packages written for Electron (@electron/remote) ask for one of them: values hidden
// on objects.
const hidden = new WeakMap<object, Map<string, unknown>>();

const v8Util = {
  getHiddenValue: (object: object, key: string): unknown => hidden.get(object)?.get(key),
  setHiddenValue: (object: object, key: string, value: unknown): void => {
    const values = hidden.get(object) ?? new Map<string, unknown>();
    hidden.set(object, values.set(key, value));
  },
  deleteHiddenValue: (object: object, key: string): boolean => hidden.get(object)?.delete(key) ?? false,
};

export const linkedBinding = (name: string): unknown => {
  if (name === 'electron_common_v8_util') return v8Util;
  throw new Error(`No such binding was linked: ${name}`);
};
