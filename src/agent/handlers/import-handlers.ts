// Import of `.env` files: read, shown, and only then taken in. Values stay in the agent between the two; the window sees names,
// masks and reasons.
import { basename } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { currentVersion, heldKeys, keysOf, variablesOf, type Book } from '../../core/keys/book.ts';
import { checkPlaces } from '../../core/keys/add-key.ts';
import {
  maxDotenvBytes,
  parseDotenv,
  wipeDotenv,
  type DotenvDocument,
} from '../../core/delivery/dotenv-document.ts';
import { applyChoices, wipePlan, type ImportChoices } from '../../core/transfer/apply-choices.ts';
import {
  buildImportPreview,
  judgeOf,
  type ExistingNames,
  type PreviewRow,
} from '../../core/transfer/import-preview.ts';
import type { HeldPreview } from '../held-preview.ts';
import type { SessionContext, SessionGroup } from '../handler.ts';
import type { Session } from '../session.ts';
import { requireAbsolute } from './paths.ts';
import { runImport } from './run-import.ts';
import { viewProvider } from './views.ts';

type View = CallOutput<'import.previewPath'>;

const existingIn = (session: Session, book: Book, environmentId: string): ExistingNames => ({
  variables: new Set([
    ...keysOf(book, environmentId).flatMap(({ body }) =>
      currentVersion(body).fields.flatMap(({ variable }) => (variable === null ? [] : [variable])),
    ),
    ...variablesOf(book, environmentId).map(({ body }) => body.name),
  ]),
  holderOf: (value) =>
    heldKeys(book, book.byFingerprint.get(session.vault.fingerprint(value)))[0]?.body.name ?? null,
});

const nextOf: Readonly<Record<PreviewRow['warnings'][number]['code'], string>> = {
  duplicate: 'Look whether the last one is the one you mean.',
  interpolated: 'Put the final value in its place if a program needs it.',
  malformed: 'Copy the value from the portal again, or leave it out.',
  possible: 'Choose another provider afterwards if it is not.',
  embedded: 'Keep the key alone if you want it recognised and checked.',
  'missing-field': 'Add it to the key after the import.',
  'value-known': 'Leave it out, and give that key to this environment instead.',
  'variable-taken': 'Leave it out, or rename one of the two.',
  'unclosed-quote': 'Close the quote in the file and open it again.',
};

const lineWords: Readonly<Record<DotenvDocument['problems'][number]['kind'], string | null>> = {
  'no-value': 'A name without a value.',
  junk: 'This is no line of the form NAME=value.',
  'unclosed-quote': 'A quote is opened and never closed.',
  'not-text': 'The value is not text in UTF-8.',
  // Said at the row that counts.
  duplicate: null,
};

type Rows = ReadonlyMap<string, PreviewRow>;

const viewRow = (book: Book, rows: Rows, row: PreviewRow, index: number): View['rows'][number] => {
  const parts = row.companions
    .flatMap((name) => rows.get(name) ?? [])
    .sort((left, right) => left.line - right.line);
  const provider = row.provider === null ? undefined : book.catalogue().find(row.provider);
  return {
    index,
    line: row.line,
    names: [row.name, ...row.companions],
    as: row.treatedAs,
    provider: provider === undefined ? null : viewProvider(provider),
    kind: row.kind,
    masked: row.masked,
    reason: row.reason,
    warnings: [row, ...parts].flatMap(({ warnings }) =>
      warnings.map(({ code, message }) => ({
        code,
        severity: 'warning' as const,
        message,
        next: nextOf[code],
      })),
    ),
  };
};

/** A key's other parts stand in the row of its leader. */
const leads = (row: PreviewRow): boolean => row.leader === null || row.leader === row.name;

const preview = (context: SessionContext, input: CallInput<'import.previewPath'>): Result<View> => {
  const { session, core } = context;
  const places = checkPlaces(context.work(), input.projectId, [input.environmentId]);
  if (!places.ok) return places;
  const path = requireAbsolute(input.path);
  if (!path.ok) return path;
  const bytes = core.ports.files.read(path.value, maxDotenvBytes);
  if (!bytes.ok) return bytes;
  const document = parseDotenv(bytes.value, path.value);
  bytes.value.fill(0);
  if (!document.ok) return document;
  const existing = existingIn(session, session.book(), input.environmentId);
  const made = buildImportPreview(document.value, judgeOf(session.book().catalogue()), existing);
  const rows = made.rows.filter(leads);
  const byName = new Map(made.rows.map((row) => [row.name, row]));
  const previewId = core.newId();
  const held: HeldPreview = {
    preview: made,
    rows: rows.map(({ name, companions }) => ({ variable: name, companions })),
    environmentId: input.environmentId,
    wipe: () => {
      wipeDotenv(document.value);
    },
  };
  session.previews.put(previewId, held);
  return ok({
    previewId,
    file: basename(path.value),
    rows: rows.map((row, index) => viewRow(session.book(), byName, row, index)),
    unread: document.value.problems.flatMap(({ kind, line }) => {
      const reason = lineWords[kind];
      return reason === null ? [] : [{ line, reason }];
    }),
  });
};

const readChoices = (
  held: HeldPreview,
  choices: CallInput<'import.apply'>['choices'],
): Result<ImportChoices> => {
  const byVariable: Record<string, ImportChoices[string]> = {};
  for (const { index, as, name } of choices) {
    const row = held.rows[index];
    if (row === undefined) {
      return fail(
        'bad-input',
        'A choice is about a row that the preview does not have.',
        'Open the file again.',
      );
    }
    byVariable[row.variable] = { treatAs: as, ...(name === undefined ? {} : { keyName: name }) };
    for (const companion of row.companions) byVariable[companion] = { treatAs: as };
  }
  return ok(byVariable);
};

const apply = async (
  context: SessionContext,
  input: CallInput<'import.apply'>,
): Promise<Result<CallOutput<'import.apply'>>> => {
  const { session } = context;
  const held = session.previews.get(input.previewId);
  if (held === undefined) {
    return fail('not-found', 'What the file held is no longer kept.', 'Open the file again.');
  }
  const places = checkPlaces(context.work(), input.projectId, [input.environmentId]);
  if (!places.ok) return places;
  const choices = readChoices(held, input.choices);
  if (!choices.ok) return choices;
  const plan = applyChoices(held.preview, choices.value);
  if (!plan.ok) return plan;
  try {
    const result = await runImport(context, plan.value, input.projectId, input.environmentId);
    if (result.ok) session.previews.drop(input.previewId);
    return result;
  } finally {
    wipePlan(plan.value);
  }
};

type Names = 'import.previewPath' | 'import.apply' | 'import.discard';

export const importHandlers: Pick<SessionGroup<'import'>, Names> = {
  'import.previewPath': preview,
  'import.apply': apply,
  'import.discard': ({ session }, { previewId }) => {
    session.previews.drop(previewId);
    return ok(undefined);
  },
};
