// Overwrites every byte array in a call's arguments: passwords and values are wiped as soon as the call is over.
const maxDepth = 6;

/** Zeros all bytes found in a value of the contract. */
export const wipeBytes = (value: unknown, depth = 0): void => {
  if (value instanceof Uint8Array) value.fill(0);
  else if (typeof value === 'object' && value !== null && depth < maxDepth) {
    for (const part of Object.values(value)) wipeBytes(part, depth + 1);
  }
};
