// Passwords as servers keep them, made here so that none stands in a statement, in a log or in a list of what is being done. The only file
// of the servers that takes hashes from Node.
import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const hash = (name: 'sha1' | 'sha256', data: string | Uint8Array): Buffer =>
  createHash(name).update(data).digest();

/** Redis: SHA-256 in hexadecimal digits. */
export const redisHash = (password: string): string => hash('sha256', password).toString('hex');

/** MariaDB and MySQL, mysql_native_password: SHA-1 of SHA-1. */
export const nativeHash = (password: string): string =>
  `*${hash('sha1', hash('sha1', password)).toString('hex').toUpperCase()}`;

/** As PostgreSQL takes them itself (scram_iterations). */
const iterations = 4_096;
const saltBytes = 16;
const derive = promisify(pbkdf2);

/**
 * PostgreSQL: `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey` (RFC 5803).
 * @param salt random unless a test says otherwise
 */
export const scramVerifier = async (
  password: string,
  salt: Uint8Array = randomBytes(saltBytes),
): Promise<string> => {
  // What SASLprep (RFC 4013) changes of a password of letters and digits: nothing.
  const salted = await derive(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const keyOf = (words: string): Buffer => createHmac('sha256', salted).update(words).digest();
  const stored = hash('sha256', keyOf('Client Key')).toString('base64');
  const server = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${String(iterations)}:${Buffer.from(salt).toString('base64')}$${stored}:${server}`;
};
