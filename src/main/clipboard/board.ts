// A clipboard of the system as the session sees it. On Linux there are two: CLIPBOARD and PRIMARY (middle click); a copied
// key is put into both and taken out of both, so that neither keeps it longer than the other.

export type Board = {
  readonly name: 'clipboard' | 'primary';
  /** Puts UTF-8 text there, marked as concealed for clipboard managers. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** The text that is there now as UTF-8; empty where there is none. The caller wipes it. */
  readonly read: () => Promise<Uint8Array>;
  readonly clear: () => Promise<void>;
};

/** Compares without stopping at the first difference. */
export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
};
