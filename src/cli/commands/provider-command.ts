// Providers from the command line: which there are, what is known of one, how it is reached from here, definitions of one's own.
import { resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput, Send } from '../../contract/contract.ts';
import type { Answer, Command, Context } from '../command.ts';
import { columns } from '../table.ts';

type Entry = CallOutput<'providers.list'>[number];
type Page = CallOutput<'providers.read'>;
type Run = (context: Context, send: Send, word: string) => Promise<Result<Answer>>;

const entryJson = (entry: Entry) => ({
  id: entry.id,
  name: entry.name,
  domain: entry.domain,
  category: entry.category,
  check: entry.check,
  rotate: entry.rotate,
  origin: entry.origin,
  keys: entry.keys,
  configured: entry.configured,
});

const list: Run = async (_context, send) => {
  const all = await send('providers.list', {});
  if (!all.ok) return all;
  const rows = all.value.map((entry) => [
    entry.id,
    entry.name,
    entry.domain,
    entry.check ? 'yes' : 'no',
    entry.rotate,
    entry.origin === 'built-in' ? '' : entry.origin,
    entry.keys === 0 ? '' : String(entry.keys),
    entry.configured ? 'configured' : '',
  ]);
  return ok({
    json: all.value.map(entryJson),
    text: columns(['ID', 'NAME', 'DOMAIN', 'CHECK', 'ROTATE', 'ORIGIN', 'KEYS', ''], rows),
  });
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const pageText = (page: Page): string => {
  const { entry, check, rotation } = page;
  const near = entry.nearNames.map(({ name, domain, difference }) => `${name} (${domain}): ${difference}`);
  const settings = page.settings.map(
    ({ name, label, value, usual }) => `${name}: ${value ?? usual ?? 'not set'}  ${label}`,
  );
  return [
    `${entry.name} (${entry.domain})`,
    `id ${entry.id}, ${entry.origin}, verified on ${page.verifiedOn}${page.old ? ': long ago' : ''}`,
    ...section('Not to be taken for', near),
    ...section(
      'Forms',
      page.formats.map(({ label, looks }) => (label === looks ? label : `${label}: ${looks}`)),
    ),
    ...section(
      'Fields',
      page.fields.map(({ name, label, variable }) => `${name} (${variable}): ${label}`),
    ),
    ...section(
      'Portal',
      page.portals.map(({ environment, url, path }) => `${environment}: ${url}  ${path}`),
    ),
    ...section('Who', [`Created by ${page.create}.`, `Revoked by ${page.revoke}.`]),
    ...section('Limits', page.limits),
    ...section('Value', [...page.reveal, page.expiry]),
    ...section('Check', check.possible ? check.asks : [check.why]),
    ...section(
      'Answers',
      check.decisions.map(({ when, state, reason }) => `${when} → ${state}: ${reason}`),
    ),
    ...section('Settings', [...(page.baseUrl === null ? [] : [`base URL: ${page.baseUrl}`]), ...settings]),
    ...section(`Rotation: ${rotation.mode}`, rotation.steps),
  ].join('\n');
};

const show: Run = async (_context, send, id) => {
  const page = await send('providers.read', { id });
  return page.ok ? ok({ json: page.value, text: pageText(page.value) }) : page;
};

const readSettings = (words: readonly string[]): Result<Record<string, string | null>> => {
  const values: Record<string, string | null> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1)
      return fail('bad-input', '--set wants NAME=VALUE.', 'See the names with keyturn provider show ID.', {
        field: '--set',
      });
    const value = word.slice(at + 1);
    values[word.slice(0, at)] = value === '' ? null : value;
  }
  return ok(values);
};

const configure: Run = async ({ words }, send, id) => {
  const given = words.values.get('base-url');
  const values = readSettings(words.lists.get('set') ?? []);
  if (!values.ok) return values;
  if (given === undefined && Object.keys(values.value).length === 0)
    return fail(
      'bad-input',
      'There is nothing to configure.',
      'Give --base-url URL or --set NAME=VALUE; an empty one takes it away.',
    );
  const baseUrl = given === undefined ? {} : { baseUrl: given === '' ? null : given };
  const done = await send('providers.configure', { id, ...baseUrl, values: values.value });
  if (!done.ok) return done;
  const page = await send('providers.read', { id });
  if (!page.ok) return page;
  const settings = Object.fromEntries(page.value.settings.map(({ name, value }) => [name, value]));
  return ok({
    json: { id, baseUrl: page.value.baseUrl, settings },
    text: `${page.value.entry.name} is asked at ${page.value.baseUrl ?? 'its own address'}.`,
  });
};

const add: Run = async (_context, send, file) => {
  const done = await send('providers.addPath', { path: resolve(file) });
  if (!done.ok) return done;
  const { added, updated } = done.value;
  const parts = [
    ...(added.length === 0 ? [] : [`Added ${added.join(', ')}.`]),
    ...(updated.length === 0 ? [] : [`Updated ${updated.join(', ')}.`]),
  ];
  return ok({ json: done.value, text: parts.join(' ') });
};

const remove: Run = async (_context, send, id) => {
  const done = await send('providers.remove', { id });
  return done.ok ? ok({ json: { id }, text: `Removed the definition of ${id} that was added here.` }) : done;
};

type Sub = { readonly run: Run; readonly wants: string | null };

const subs: Readonly<Record<string, Sub>> = {
  list: { run: list, wants: null },
  show: { run: show, wants: 'ID' },
  configure: { run: configure, wants: 'ID' },
  add: { run: add, wants: 'FILE' },
  remove: { run: remove, wants: 'ID' },
};

export const provider: Command = {
  summary: 'known providers: list, show, configure, add, remove',
  usage:
    'keyturn provider list | show ID | configure ID [--base-url URL] [--set NAME=VALUE…] | add FILE | remove ID',
  options: { 'base-url': 'value', set: 'list' },
  positionals: [1, 2],
  run: async (context) => {
    const [word = '', argument] = context.words.positionals;
    const sub = Object.hasOwn(subs, word) ? subs[word] : undefined;
    if (sub === undefined)
      return fail('bad-input', `There is no "provider ${word}".`, `One of: ${Object.keys(subs).join(', ')}.`);
    if (sub.wants !== null && argument === undefined)
      return fail(
        'bad-input',
        `Which one? keyturn provider ${word} ${sub.wants}`,
        'See keyturn provider list.',
      );
    if (sub.wants === null && argument !== undefined)
      return fail('bad-input', 'There are more words than the command takes.', `keyturn provider ${word}`);
    const options = context.words.values.has('base-url') || context.words.lists.has('set');
    if (options && word !== 'configure')
      return fail('bad-input', '--base-url and --set belong to provider configure.', 'Leave them out.');
    const door = await context.unlocked();
    return door.ok ? sub.run(context, door.value.send, argument ?? '') : door;
  },
};
