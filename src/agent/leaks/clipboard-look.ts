// Whether a text that somebody copied elsewhere is a key: one of the vault, or one that a provider's format fits. Nothing of it is kept.
import type { CallOutput } from '../../contract/contract.ts';
import { heldKeys } from '../../core/keys/book.ts';
import { recognise } from '../../core/providers/recognise.ts';
import type { Session } from '../session.ts';

type Look = CallOutput<'leaks.clipboard'>;

/** The vault's fingerprint of the text that was looked at last: what stays on the clipboard is offered once. */
const lastLooked = new WeakMap<Session, string>();

/** Null for anything but one key and nothing else, and for what was looked at last. */
export const lookAtClipboard = (session: Session, text: string): Look => {
  const book = session.book();
  const trimmed = text.trim();
  const fingerprint = session.vault.fingerprint(new TextEncoder().encode(trimmed));
  if (lastLooked.get(session) === fingerprint) return null;
  lastLooked.set(session, fingerprint);
  const ids = book.byFingerprint.get(fingerprint);
  const [known] = heldKeys(book, ids);
  if (known !== undefined)
    return { keyId: known.id, name: known.body.name.slice(0, 300), providerName: null };
  const { candidates, single } = recognise(text, {}, book.catalogue().providers);
  const [found] = candidates;
  // Only what begins like a key and is whole: a likely shape would offer to keep every hash that somebody copies.
  if (!single || found?.confidence !== 'certain' || found.malformed.length > 0 || found.publishedSample)
    return null;
  const provider = book.catalogue().find(found.provider);
  const format = provider?.formats.find(({ id }) => id === found.format);
  if (provider === undefined || format?.sensitivity !== 'secret') return null;
  return { keyId: null, name: null, providerName: provider.name.slice(0, 300) };
};
