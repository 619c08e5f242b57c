// Values of a new key that are made here: letters and digits, each as likely as any other.
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Bytes from here on would make the first letters likelier. */
const firstUneven = 256 - (256 % letters.length);

export const usualChosenLength = 40;

/** @param randomBytes cryptographically random bytes, so many */
export const chooseValue = (randomBytes: (length: number) => Uint8Array, length: number): string => {
  let text = '';
  while (text.length < length)
    for (const byte of randomBytes(length - text.length))
      if (byte < firstUneven) text += letters.charAt(byte % letters.length);
  return text;
};
