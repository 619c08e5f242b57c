// Asking providers from the command line: what came of it in words, and an exit code that a script can go by.
import { randomBytes } from 'node:crypto';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { Answer, Command, Context, Door } from '../command.ts';
import { findKey, findProject } from '../find.ts';
import { columns } from '../table.ts';
import { isoTime } from '../iso-time.ts';

type Summary = CallOutput<'keys.check'>;
type Checked = Summary['results'][number];

const resultJson = (result: Checked) => ({
  id: result.id,
  name: result.name,
  provider: result.provider,
  state: result.state,
  reason: result.reason,
  next: result.next,
  httpStatus: result.httpStatus,
  checkedAt: isoTime(result.checkedAt),
  before: result.before,
  expiresAt: result.expiresAt,
  scopes: result.scopes,
  differs: result.differs,
});

const factNames: Readonly<Record<Checked['differs'][number], string>> = {
  expiresAt: 'expiry',
  createdAt: 'creation',
  lastUsedAt: 'last use',
  scopes: 'scopes',
  owner: 'owner',
  account: 'account',
  organisation: 'organisation',
  name: 'name in the portal',
  quota: 'quota',
};

const inWords = (result: Checked): string => {
  const differs = result.differs.map((fact) => factNames[fact]).join(', ');
  return [
    `${result.name}: ${result.state}. ${result.reason}`,
    ...(result.state === 'valid' ? [] : [`  ${result.next}`]),
    ...(differs === '' ? [] : [`  The provider says otherwise than what is recorded: ${differs}.`]),
  ].join('\n');
};

const manyInWords = (results: readonly Checked[]): string =>
  columns(
    ['NAME', 'PROVIDER', 'STATE', 'REASON'],
    results.map(({ name, provider, state, reason }) => [name, provider ?? '–', state, reason]),
  );

const shownInFull = 3;

const textOf = ({ results, sentence }: Summary): string => {
  if (results.length === 0) return sentence;
  const lines = results.length <= shownInFull ? results.map(inWords).join('\n') : manyInWords(results);
  return results.length === 1 ? lines : `${lines}\n\n${sentence}`;
};

/** A key that is not valid is a plain no; a provider that was not reached leaves the question open. */
const codeOf = ({ results, stopped }: Summary): NonNullable<Answer['code']> => {
  if (results.some(({ state }) => state !== 'valid' && state !== 'unreachable')) return 1;
  if (results.some(({ state }) => state === 'unreachable')) return 5;
  return stopped ? 6 : 0;
};

const chosen = async (context: Context, { send }: Door): Promise<Result<CallInput<'keys.check'>>> => {
  if (context.words.flags.has('all')) {
    if (!context.words.values.has('project')) return ok({});
    const project = await findProject(context, send, false);
    return project.ok ? ok({ projectId: project.value.id }) : project;
  }
  const ids: string[] = [];
  for (const name of context.words.positionals) {
    const key = await findKey(context, send, name);
    if (!key.ok) return key;
    ids.push(key.value.id);
  }
  return ok({ ids: [...new Set(ids)] });
};

/** Ctrl-C ends the asking and keeps what was learnt; a second one ends the command. */
const whileStoppable = async <T>(door: Door, taskId: string, work: () => Promise<T>): Promise<T> => {
  const stop = (): void => void door.send('task.cancel', { taskId });
  process.once('SIGINT', stop);
  try {
    return await work();
  } finally {
    process.removeListener('SIGINT', stop);
  }
};

const askedFor = (context: Context): Result<undefined> => {
  const names = context.words.positionals.length;
  const all = context.words.flags.has('all');
  if (names === 0 && !all)
    return fail('bad-input', 'No key was named.', 'Name one or more keys, or give --all.');
  if (names > 0 && all)
    return fail('bad-input', 'Either name keys or give --all.', 'Leave one of the two out.');
  return ok(undefined);
};

const mostNames = 1_000;

export const check: Command = {
  summary: 'ask the provider whether a key works',
  usage: 'keyturn check [NAME…] [--all] [--env ENV] [--project NAME]',
  options: { all: 'flag', env: 'list' },
  positionals: [0, mostNames],
  run: async (context) => {
    const asked = askedFor(context);
    if (!asked.ok) return asked;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const input = await chosen(context, door.value);
    if (!input.ok) return input;
    const taskId = randomBytes(16).toString('hex');
    const summary = await whileStoppable(door.value, taskId, async () =>
      door.value.send('keys.check', { ...input.value, taskId }),
    );
    if (!summary.ok) return summary;
    return ok({
      json: summary.value.results.map(resultJson),
      text: textOf(summary.value),
      code: codeOf(summary.value),
    });
  },
};
