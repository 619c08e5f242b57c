// The sentences of the vault, in one place so that the same trouble is always said the same way.
import { fail } from '../model/app-error.ts';
import type { Err } from '../model/result.ts';

export const lockedError = (): Err => fail('locked', 'The vault is locked.', 'Unlock it and try again.');

export const missingVaultError = (file: string): Err =>
  fail('no-vault', 'There is no vault here yet.', 'Create one, or restore a backup to this place.', { file });

export const foreignFileError = (file: string): Err =>
  fail('not-a-vault', 'This file is no Keyturn vault. It was not touched.', 'Choose another file.', { file });

export const newerFormatError = (file: string, format: number | undefined): Err =>
  fail(
    'newer-format',
    `This vault was written by a later Keyturn (format ${format ?? 'unknown'}). It was not touched.`,
    'Update Keyturn and open it again.',
    { file },
  );

export const truncatedError = (file: string): Err =>
  fail(
    'damaged',
    'The end of this vault file is missing, as after a copy or download that broke off. It was not touched.',
    'Copy it again from where it came, or restore your latest backup.',
    { file },
  );

export const damagedFileError = (file: string, what: string): Err =>
  fail(
    'damaged',
    `The vault cannot be opened: ${what}`,
    'Make a copy of the file as it is, then restore your latest backup, or try keyturn doctor --rescue FILE.',
    { file },
  );

export const unprovenError = (): Err =>
  fail(
    'damaged',
    'This part of the vault is damaged: it cannot be proven to be as it was last saved, so it is neither shown nor changed.',
    'Restore your latest backup, or save what can be read with keyturn doctor --rescue FILE.',
  );

export const damagedRecordError = (id: string): Err =>
  fail(
    'damaged',
    `Record ${id} is not what was last saved. All others are unaffected.`,
    'Restore your latest backup beside this vault and take the record from there.',
  );

export const conflictError = (id: string): Err =>
  fail(
    'conflict',
    `Record ${id} was changed or removed in the meantime. Nothing was saved.`,
    'Look at it again and repeat your change.',
  );

export const goneFileError = (file: string): Err =>
  fail(
    'io',
    'The vault file is no longer in its place: it or its folder was removed, renamed or unmounted. Nothing was changed.',
    'Put it back where it was, or restore your latest backup.',
    { file },
  );

export const otherFileError = (file: string): Err =>
  fail(
    'locked',
    'Another file was put in the place of the vault that is open. Nothing was changed in either.',
    'Unlock again to open what stands there now.',
    { file },
  );

export const replacedKeyError = (file: string): Err =>
  fail(
    'locked',
    'The key of this vault was replaced by another window or command, so what is open here no longer reads it. Nothing was changed.',
    'Unlock again with the present password.',
    { file },
  );

export const emptyPasswordError = (): Err =>
  fail('bad-input', 'A password of no characters protects nothing.', 'Choose a long password.', {
    field: 'password',
  });
