// One password, one sequence of bytes: keyboards of different systems compose the same letters differently, so passwords
// with letters outside ASCII are brought to Unicode form C (docs/vault-format-v1.md §4.2). Plain ones never become a string.
import { SecretBytes } from '../model/secret-bytes.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A new secret that the caller wipes; the given one is borrowed. Bytes that are no UTF-8 are taken as they are. */
export const passwordBytes = (password: SecretBytes): SecretBytes =>
  password.use((bytes) => {
    if (bytes.every((byte) => byte < 0x80)) return password.copy();
    try {
      return SecretBytes.fromText(decoder.decode(bytes).normalize('NFC'));
    } catch {
      return password.copy();
    }
  });
