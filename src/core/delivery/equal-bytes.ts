// Compares lent bytes. Not in constant time: both sides belong to the person who asks.

/** Whether both hold the same bytes. */
export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean => {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
};
