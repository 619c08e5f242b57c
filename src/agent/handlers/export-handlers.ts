// An environment on its way out: shown first, then rendered for the command line or written into a file. What left stands in the audit
// trail, as a line of the environment and of each of its keys.
import { basename } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { currentVersion, keysOf, variablesOf, type HeldKey } from '../../core/keys/book.ts';
import { find, note, noteKey } from '../../core/keys/edit.ts';
import { trackFile } from '../../core/keys/turns/track-file.ts';
import {
  applyEnvironment,
  composeEnvironment,
  renderEnvironment,
  type AppliedEnvironment,
  type EnvironmentEntry,
  type EnvironmentItem,
  type EnvironmentKey,
} from '../../core/delivery/environment-file.ts';
import { nodeFiles } from '../../node/files.ts';
import { writeExportFile } from '../../node/export-file.ts';
import type { SessionContext, SessionGroup } from '../handler.ts';
import type { Session } from '../session.ts';
import { readVersion } from './key-values.ts';
import { noteUse } from './note-use.ts';
import { requireAbsolute } from './paths.ts';

type Format = CallInput<'export.preview'>['format'];

const keyItem = (session: Session, held: HeldKey): Result<EnvironmentKey> => {
  const version = currentVersion(held.body);
  const values = readVersion(session, version);
  if (!values.ok) return values;
  const fields = version.fields.map(({ name, variable, value }) => ({
    name,
    variable,
    value: SecretBytes.fromText(value ?? values.value[name] ?? ''),
  }));
  return ok({ type: 'key', name: held.body.name, fields });
};

const isExported = ({ body }: HeldKey): boolean =>
  currentVersion(body).fields.some(({ variable }) => variable !== null);

/** Variables in the order of the file they came from, then keys by name. The items own their values. */
const itemsOf = (session: Session, environmentId: string): Result<readonly EnvironmentItem[]> => {
  const book = session.book();
  const items: EnvironmentItem[] = variablesOf(book, environmentId).map(({ body }) => ({
    type: 'variable',
    name: body.name,
    value: SecretBytes.fromText(body.value),
  }));
  for (const held of keysOf(book, environmentId).filter(isExported)) {
    const item = keyItem(session, held);
    if (!item.ok) {
      wipeItems(items);
      return item;
    }
    items.push(item.value);
  }
  return ok(items);
};

const wipeItems = (items: readonly EnvironmentItem[]): void => {
  for (const item of items) {
    if (item.type === 'variable') item.value.wipe();
    else for (const { value } of item.fields) value.wipe();
  }
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');

type Rendered = {
  readonly bytes: Uint8Array;
  readonly variables: number;
  /** Of a file that was brought up to date. */
  readonly names?: Omit<AppliedEnvironment, 'bytes'>;
};

type Compose<T> = (entries: readonly EnvironmentEntry[], secretName: string) => Result<T>;

/** Lends the environment's variables with their values for as long as `use` takes. */
const withEntries = <T>(session: Session, environmentId: string, use: Compose<T>): Result<T> => {
  const book = session.book();
  const environment = find(book.environments, environmentId, 'environment');
  if (!environment.ok) return environment;
  const items = itemsOf(session, environmentId);
  if (!items.ok) return items;
  const project = book.projects.get(environment.value.body.projectId)?.body.name ?? '';
  const secretName = slug(`${project}-${environment.value.body.name}`) || 'keyturn';
  try {
    const entries = composeEnvironment(items.value);
    return entries.ok ? use(entries.value, secretName) : entries;
  } finally {
    wipeItems(items.value);
  }
};

const render = (session: Session, environmentId: string, format: Format): Result<Rendered> =>
  withEntries(session, environmentId, (entries, secretName) => {
    const bytes = renderEnvironment(entries, format, { secretName });
    return bytes.ok ? ok({ bytes: bytes.value, variables: entries.length }) : bytes;
  });

/** The file that is there, with the values that differ changed in place. */
const renderUpdate = (session: Session, environmentId: string, path: string): Result<Rendered> => {
  const source = nodeFiles().read(path, maxEnvFileBytes);
  if (!source.ok) return source;
  const applied = withEntries(session, environmentId, (entries) => {
    const result = applyEnvironment(source.value, entries);
    if (!result.ok) return result;
    const { bytes, ...names } = result.value;
    return ok({ bytes, variables: entries.length, names });
  });
  source.value.fill(0);
  return applied;
};

const noteExport = (
  { session, by }: SessionContext,
  environmentId: string,
  { variables }: Rendered,
  how: string,
): Result<undefined> => {
  const book = session.book();
  const name = book.environments.get(environmentId)?.body.name ?? '';
  const what = `${String(variables)} variables of ${name} ${how}`;
  const keys = keysOf(book, environmentId).filter(isExported);
  const lines = [
    note('environment-exported', by, what),
    ...keys.map((held) => noteKey('key-exported', { by }, `with ${name} ${how}`, held)),
  ];
  return noteUse(
    session,
    by,
    lines,
    keys.map(({ id }) => id),
  );
};

type View = CallOutput<'export.preview'>;

const previewOf = (session: Session, environmentId: string, format: Format): Result<View> => {
  const book = session.book();
  const rendered = render(session, environmentId, format);
  if (rendered.ok) rendered.value.bytes.fill(0);
  else if (!['bad-input', 'conflict'].includes(rendered.error.kind)) return rendered;
  const keys = keysOf(book, environmentId).filter(isExported);
  const plain = variablesOf(book, environmentId).map(({ body }) => ({
    name: body.name,
    masked: body.value,
    secret: false,
    from: '',
  }));
  const secret = keys.flatMap(({ body }) =>
    currentVersion(body).fields.flatMap((field) =>
      field.variable === null
        ? []
        : [{ name: field.variable, masked: field.masked, secret: field.secret, from: body.name }],
    ),
  );
  return ok({
    variables: [...plain, ...secret],
    problems: rendered.ok ? [] : [`${rendered.error.message} ${rendered.error.next}`],
    movesMoney: keys.filter(({ body }) => body.movesMoney).length,
  });
};

/** The reader's own bound (docs/env-files.md). */
const maxEnvFileBytes = 1_048_576;

const rememberTries = 3;

/** So that a turn of one of its keys brings the file up to date. That it could not be remembered is no reason to call the export failed. */
const remember = (
  { session, work }: SessionContext,
  environmentId: string,
  path: string,
  format: Format,
): void => {
  for (let tries = 0; tries < rememberTries; tries += 1) {
    const changes = trackFile(work(), environmentId, path, format);
    const kept = session.commit({ value: undefined, changes, audit: [] });
    if (kept.ok || kept.error.kind !== 'conflict') return;
    session.refresh();
  }
};

const onlyDotenv = fail(
  'bad-input',
  'Only a .env file can be brought up to date. Nothing was written.',
  'Choose the format dotenv, or write the file anew.',
);

const writePath = async (
  context: SessionContext,
  input: CallInput<'export.writePath'>,
): Promise<Result<CallOutput<'export.writePath'>>> => {
  const { environmentId, format, allowGit } = input;
  const path = requireAbsolute(input.path);
  if (!path.ok) return path;
  if (input.update === true && format !== 'dotenv') return onlyDotenv;
  const update = input.update === true && nodeFiles().exists(path.value);
  const rendered = update
    ? renderUpdate(context.session, environmentId, path.value)
    : render(context.session, environmentId, format);
  if (!rendered.ok) return rendered;
  const { bytes, variables, names } = rendered.value;
  const size = bytes.length;
  try {
    // To change a file in place is to ask for it to be written over.
    const overwrite = input.overwrite || update;
    const written = await writeExportFile(path.value, bytes, { cwd: '/', allowGit, overwrite });
    if (!written.ok) return written;
    const noted = noteExport(
      context,
      environmentId,
      rendered.value,
      `as ${format} to ${basename(path.value)}`,
    );
    if (!noted.ok) return noted;
    if (input.track !== false) remember(context, environmentId, written.value.path, format);
    const { changed = [], added = [], leftBehind = [] } = names ?? {};
    const told =
      names === undefined ? {} : { changed: [...changed], added: [...added], leftBehind: [...leftBehind] };
    return ok({ file: written.value.path, variables, bytes: size, ...told });
  } finally {
    bytes.fill(0);
  }
};

type Names = 'export.preview' | 'export.render' | 'export.writePath';

export const exportHandlers: Pick<SessionGroup<'export'>, Names> = {
  'export.preview': ({ session }, { environmentId, format }) => {
    const environment = find(session.book().environments, environmentId, 'environment');
    return environment.ok ? previewOf(session, environmentId, format) : environment;
  },
  'export.render': (context, { environmentId, format }) => {
    const rendered = render(context.session, environmentId, format);
    if (!rendered.ok) return rendered;
    const noted = noteExport(context, environmentId, rendered.value, `as ${format} to the command line`);
    if (noted.ok) return ok({ bytes: rendered.value.bytes });
    rendered.value.bytes.fill(0);
    return noted;
  },
  'export.writePath': writePath,
};
