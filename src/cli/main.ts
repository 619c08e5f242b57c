// The command line's entry: finds the command, runs it, turns its answer or its error into words, JSON and an exit code.
// It imports no Electron and prints no stack.
import { exitCodeOf, fail, type AppError } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import { defaultHome } from '../agent/default-home.ts';
import { parseWords } from './arguments.ts';
import type { Answer, Command, Context } from './command.ts';
import { backup, backups, restore } from './commands/backup-commands.ts';
import { check } from './commands/check-command.ts';
import { care } from './commands/care-command.ts';
import { due } from './commands/due-command.ts';
import { edit } from './commands/edit-command.ts';
import { guard } from './commands/guard-command.ts';
import { add, list, show } from './commands/key-commands.ts';
import { password, recover, recoveryCodeCommand } from './commands/password-commands.ts';
import { places } from './commands/places-command.ts';
import { provider } from './commands/provider-command.ts';
import { rotate } from './commands/rotate-command.ts';
import { remove, restoreKey, reveal } from './commands/secret-commands.ts';
import { audit, exportCommand, importCommand } from './commands/transfer-commands.ts';
import { unlock } from './commands/unlock-command.ts';
import { doctor, replaceKey } from './commands/proof-commands.ts';
import { scan } from './commands/scan-command.ts';
import { watch } from './commands/watch-command.ts';
import { init, lock, state } from './commands/vault-commands.ts';
import { openDoors, readStdin } from './session.ts';
import { printable, processTerminal, type Terminal } from './terminal.ts';

const commands: Readonly<Record<string, Command>> = {
  init,
  add,
  list,
  show,
  reveal,
  edit,
  care,
  due,
  check,
  provider,
  rotate,
  scan,
  places,
  watch,
  remove,
  'restore-key': restoreKey,
  guard,
  export: exportCommand,
  import: importCommand,
  backup,
  backups,
  restore,
  password,
  recover,
  'recovery-code': recoveryCodeCommand,
  'replace-key': replaceKey,
  audit,
  lock,
  unlock,
  state,
  doctor,
};

const maxStdinBytes = 65_536 + 2;

const overviewText = (): string => {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, command]) => `  ${name.padEnd(width)}  ${command.summary}`,
  );
  return [
    'keyturn: a vault for developers’ API keys',
    '',
    ...lines,
    '',
    'Every command takes --json and --help. KEYTURN_HOME says where the vault lies;',
    '--password-file FILE or KEYTURN_PASSWORD_FILE gives the master password; --project NAME the project;',
    '--yes answers the question that a terminal would be asked.',
  ].join('\n');
};

const helpText = (command: Command): string => `${command.usage}\n\n${command.summary}`;

const printError = (terminal: Terminal, json: boolean, error: AppError): number => {
  const where = error.where?.line === undefined ? '' : ` (line ${String(error.where.line)})`;
  const report = error.reportId === undefined ? '' : ` Report id ${error.reportId}.`;
  terminal.note(printable(`${error.message}${where} ${error.next}${report}`));
  if (json) terminal.out(JSON.stringify({ error }));
  return exitCodeOf[error.kind];
};

const printAnswer = (terminal: Terminal, json: boolean, answer: Answer): number => {
  if (answer.printed === true) return answer.code ?? 0;
  if (json) terminal.out(JSON.stringify(answer.json, null, 2));
  else if (typeof answer.text === 'string') terminal.out(answer.text);
  else terminal.outBytes(answer.text);
  return answer.code ?? 0;
};

const checkWords = (command: Command, count: number, json: boolean): Result<undefined> => {
  const [least, most] = command.positionals;
  if (count < least) return fail('bad-input', 'A word is missing.', command.usage);
  if (count > most) return fail('bad-input', 'There are more words than the command takes.', command.usage);
  if (json && command.noJson === true)
    return fail('bad-input', 'This command prints the secret and nothing else.', 'Leave --json out.');
  return { ok: true, value: undefined };
};

const run = async (terminal: Terminal, name: string, words: readonly string[]): Promise<number> => {
  const command = commands[name];
  const json = words.includes('--json');
  if (command === undefined || !Object.hasOwn(commands, name)) {
    const unknown = fail('bad-input', `There is no command "${name}".`, 'See them all with keyturn --help.');
    return printError(terminal, json, unknown.error);
  }
  const parsed = parseWords(words, command.options, command.positionals[1]);
  if (!parsed.ok) return printError(terminal, json, parsed.error);
  if (parsed.value.flags.has('help')) {
    terminal.out(helpText(command));
    return 0;
  }
  const checked = checkWords(command, parsed.value.positionals.length, json);
  if (!checked.ok) return printError(terminal, json, checked.error);
  const home = defaultHome();
  const passwordFile =
    parsed.value.values.get('password-file') ?? (process.env['KEYTURN_PASSWORD_FILE'] || undefined);
  const { close, ...doors } = openDoors({ home, terminal, passwordFile });
  const context: Context = {
    words: parsed.value,
    terminal,
    home,
    json,
    yes: parsed.value.flags.has('yes'),
    stdin: async () => readStdin(maxStdinBytes),
    ...doors,
  };
  try {
    const result = await command.run(context);
    await close();
    return result.ok ? printAnswer(terminal, json, result.value) : printError(terminal, json, result.error);
  } finally {
    await close();
  }
};

const main = async (): Promise<number> => {
  const terminal = processTerminal();
  const [name, ...words] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overviewText());
    return name === undefined ? 2 : 0;
  }
  try {
    return await run(terminal, name, words);
  } catch (bug) {
    // The bug's own text may hold anything: only its class is told.
    const reportId = `${Date.now().toString(36)}-${bug instanceof Error ? bug.constructor.name : 'unknown'}`;
    return printError(terminal, words.includes('--json'), {
      kind: 'internal',
      message: 'Keyturn made a mistake. Your vault holds what was stored before.',
      next: 'Run keyturn doctor, and report this.',
      reportId,
    });
  }
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of our pipe went away: nothing more to say to it.
  if (error.code === 'EPIPE') process.exit(0);
});

process.exitCode = await main();
