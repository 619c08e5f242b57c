// The same entries twice, as files: a KeePassXC database and a home folder of Keyturn, and of each a nearly empty one with the same
// derivation.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { makeLargeVault, password } from './large-vault.ts';
import { entryOf } from './lifelike.ts';

export const keePassTool = 'keepassxc-cli';

/** Its version, or undefined where it cannot be had. */
export const findKeePassXc = (): string | undefined => {
  const ran = spawnSync(keePassTool, ['--version']);
  return ran.status === 0 ? ran.stdout.toString().trim() : undefined;
};

const must = (words: readonly string[], options: Parameters<typeof spawnSync>[2], from: string): string => {
  const ran = spawnSync(from, words, { maxBuffer: 2 ** 28, ...options });
  if (ran.status !== 0) throw new Error(`${from} ${words[0] ?? ''}: ${String(ran.stderr)}`);
  return String(ran.stdout);
};

export const keepass = (...words: readonly string[]): string =>
  must(words, { input: `${password}\n${password}\n` }, keePassTool);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const xmlOf = (number: number): string => {
  const { name, account, url, notes, tags, expiresOn, value } = entryOf(number);
  const id = Buffer.alloc(16);
  id.writeUInt32BE(number + 1, 12);
  const texts = { Title: name, UserName: account, URL: url, Notes: notes, Password: value };
  const strings = Object.entries(texts).map(([key, text]) => {
    const kept = key === 'Password' ? ' ProtectInMemory="True"' : '';
    return `<String><Key>${key}</Key><Value${kept}>${escaped(text)}</Value></String>`;
  });
  const expiry =
    expiresOn === null
      ? ''
      : `<Times><ExpiryTime>${expiresOn}T00:00:00Z</ExpiryTime><Expires>True</Expires></Times>`;
  return `<Entry><UUID>${id.toString('base64')}</UUID><Tags>${tags.join(';')}</Tags>${expiry}${strings.join('')}</Entry>`;
};

export type Databases = { readonly empty: string; readonly full: string };

/** Both with the same derivation: the full one is a copy of the empty one into which the entries were merged. */
export const makeDatabases = (folder: string, count: number): Databases => {
  const [xml, imported] = [join(folder, 'entries.xml'), join(folder, 'imported.kdbx')];
  const [empty, full] = [join(folder, 'empty.kdbx'), join(folder, 'full.kdbx')];
  const entries = Array.from({ length: count }, (_, at) => xmlOf(at)).join('\n');
  const root = `<UUID>${Buffer.alloc(16, 1).toString('base64')}</UUID><Name>Root</Name>`;
  writeFileSync(
    xml,
    `<?xml version="1.0" encoding="utf-8"?><KeePassFile><Meta/><Root><Group>${root}${entries}</Group></Root></KeePassFile>`,
  );
  keepass('import', '-p', '-t', '100', xml, imported);
  keepass('db-create', '-p', '-t', '100', empty);
  copyFileSync(empty, full);
  keepass('merge', full, imported);
  return { empty, full };
};

export type Homes = { readonly empty: string; readonly full: string; readonly passwordFile: string };

/** One command of the command line; the vault's own agent answers where no password is given. */
export const keyturn = (
  main: string,
  home: string,
  passwordFile: string | undefined,
  ...words: readonly string[]
): string =>
  must(
    [main, ...words, ...(passwordFile === undefined ? [] : ['--password-file', passwordFile])],
    { env: { ...process.env, KEYTURN_HOME: home } },
    process.execPath,
  );

/** The command line makes the derivation as dear as it should be at its first unlock: before the copy, so that both have the same. */
export const makeHomes = async (
  ports: VaultPorts,
  main: string,
  folder: string,
  count: number,
): Promise<Homes> => {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  const empty = mkdtempSync(join(folder, 'keyturn-empty-'));
  const { home } = await makeLargeVault(ports, count, (vault) => {
    keyturn(main, vault.home, passwordFile, 'list');
    copyFileSync(vault.path, join(empty, 'vault.keyturn'));
  });
  return { empty, full: home, passwordFile };
};
