// Base 64 without a Buffer of the shared pool, which nobody could wipe.
export const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Null where the text is none. */
export const toBytes = (text: string): Uint8Array | null => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
};
