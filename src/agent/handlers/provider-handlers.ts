// Providers: listed, read as a page, reached from here, added from files, taken away again.
import { basename } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { dayOf } from '../../core/keys/expiry.ts';
import { addProviders, configureProvider, removeProvider } from '../../core/keys/providers.ts';
import { readDefinitions } from '../../core/providers/read-definition.ts';
import type { SessionContext, SessionHandlers } from '../handler.ts';
import { commitEdit } from './commit-edit.ts';
import { requireAbsolute } from './paths.ts';
import { viewEntry, viewPage } from './provider-views.ts';

/** A hundred definitions of the largest kind are fewer. */
const maxFileBytes = 4_194_304;

const addPath = (
  context: SessionContext,
  input: { readonly path: string },
): Result<CallOutput<'providers.addPath'>> => {
  const path = requireAbsolute(input.path);
  if (!path.ok) return path;
  const bytes = context.core.ports.files.read(path.value, maxFileBytes);
  if (!bytes.ok) return bytes;
  const source = basename(path.value);
  const today = dayOf(context.core.nowMs());
  const read = readDefinitions(new TextDecoder().decode(bytes.value), { source, today });
  if (!read.ok) return read;
  return commitEdit(context, ok(addProviders(context.work(), read.value, source)));
};

type Names =
  'providers.list' | 'providers.read' | 'providers.configure' | 'providers.addPath' | 'providers.remove';

export const providerHandlers: SessionHandlers<Names> = {
  'providers.list': ({ session }) => {
    const book = session.book();
    return ok(book.catalogue().providers.map((definition) => viewEntry(book, definition)));
  },
  'providers.read': ({ session, core }, { id }) => {
    const book = session.book();
    const definition = book.catalogue().find(id);
    return definition === undefined
      ? fail('not-found', `There is no provider "${id}".`, 'See them all in the list of providers.')
      : ok(viewPage(book, definition, dayOf(core.nowMs())));
  },
  'providers.configure': (context, { id, baseUrl, values }) =>
    commitEdit(context, configureProvider(context.work(), id, { baseUrl, values })),
  'providers.addPath': addPath,
  'providers.remove': (context, { id }) => commitEdit(context, removeProvider(context.work(), id)),
};
