// The calls that the shell answers: what only Electron can do. Each asks the agent for the part that is the agent's, and hands
// a value or a path on without looking into it.
import { done, fail, ok } from './answers.ts';
import type { Result } from '../core/model/result.ts';
import type { CallInput, CallOutput } from '../contract/contract.ts';
import type { Settings } from '../core/model/settings.ts';
import { limits } from '../contract/shapes.ts';
import type { AskAgent } from './ask-agent.ts';
import type { ClipboardSession } from './clipboard/clipboard-session.ts';
import { fileKinds, type Dialogs } from './file-kinds.ts';
import type { ShellHandlers } from './relay.ts';
import { createKeychainCalls } from './keychain/keychain-calls.ts';
import type { QuickUnlock } from './keychain/quick-unlock.ts';
import { openExternal } from './security/external.ts';

export type ShellCallPorts = {
  readonly ask: AskAgent;
  readonly clipboard: ClipboardSession;
  /** The clipboard's text as UTF-8, which the caller wipes: a string would outlive the lock. */
  readonly readClipboard: () => Promise<Uint8Array>;
  readonly dialogs: Dialogs;
  readonly settings: () => Settings;
  readonly openInBrowser: (url: string) => Promise<void>;
  readonly openAbout: () => Promise<void>;
  /** Opens a place in an editor, or shows it in its folder; gives the words for what was done. */
  readonly openPlace: (place: CallOutput<'leaks.where'>) => Promise<Result<string>>;
  readonly quick: QuickUnlock;
  /** YYYY-MM-DD, for the name of a backup. */
  readonly today: () => string;
};

type Input<N extends keyof ShellHandlers> = CallInput<N>;
type Output<N extends keyof ShellHandlers> = Promise<Result<CallOutput<N>>>;

const copyKey = async (ports: ShellCallPorts, input: Input<'keys.copy'>): Output<'keys.copy'> => {
  const lent = await ports.ask('keys.lend', input);
  if (!lent.ok) return lent;
  const place = { keyId: input.id, field: input.field };
  return ports.clipboard.copy(place, lent.value.value, ports.settings().clipboardSeconds);
};

/** The clipboard's text for a draft, or why there is none. */
const clipboardText = async (ports: ShellCallPorts): Promise<Result<Uint8Array>> => {
  const text = await ports.readClipboard();
  if (text.length === 0) {
    return fail('bad-input', 'There is no text on the clipboard.', 'Copy the key first, then paste it here.');
  }
  if (text.length > limits.pasteLength) {
    return fail(
      'bad-input',
      'The text on the clipboard is too long for a key.',
      'Copy the key alone, or import the file.',
    );
  }
  return ok(text);
};

const chooseImport = async (
  ports: ShellCallPorts,
  input: Input<'import.chooseFile'>,
): Output<'import.chooseFile'> => {
  const path = await ports.dialogs.open('Import an environment file', fileKinds.environment);
  return path === null ? ok(null) : ports.ask('import.previewPath', { path, ...input });
};

const environmentName = async (ports: ShellCallPorts, environmentId: string): Promise<Result<string>> => {
  const overview = await ports.ask('overview.read', {});
  if (!overview.ok) return overview;
  const environments = overview.value.projects.flatMap((project) => project.environments);
  const found = environments.find((environment) => environment.id === environmentId);
  return found === undefined
    ? fail('not-found', 'There is no such environment any more.', 'Choose one from the list.')
    : ok(found.name);
};

const extensions: Readonly<Record<Input<'export.toFile'>['format'], string | null>> = {
  dotenv: null,
  docker: null,
  json: 'json',
  yaml: 'yaml',
  shell: 'sh',
  fish: 'fish',
  powershell: 'ps1',
  k8s: 'yaml',
};

/** `.env.production`, `production.json`: an environment's name as a file name. */
export const exportFileName = (environment: string, format: Input<'export.toFile'>['format']): string => {
  const safe = environment.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'environment';
  const extension = extensions[format];
  return extension === null ? `.env.${safe}` : `${safe}.${extension}`;
};

const exportToFile = async (
  ports: ShellCallPorts,
  input: Input<'export.toFile'>,
): Output<'export.toFile'> => {
  const environment = await environmentName(ports, input.environmentId);
  if (!environment.ok) return environment;
  const fileName = exportFileName(environment.value, input.format);
  const path = await ports.dialogs.save('Export an environment', fileName, fileKinds.environment);
  if (path === null) return ok(null);
  // The system's dialog has asked before it gave the path of a file that is there.
  return ports.ask('export.writePath', { ...input, path, overwrite: true });
};

const backupToFile = async (ports: ShellCallPorts): Output<'backup.toFile'> => {
  const fileName = `keyturn-${ports.today()}.${fileKinds.backup.extensions[0]}`;
  const path = await ports.dialogs.save('Back up the vault', fileName, fileKinds.backup);
  return path === null ? ok(null) : ports.ask('backup.writePath', { path });
};

const calendarToFile = async (
  ports: ShellCallPorts,
  input: Input<'due.calendarFile'>,
): Output<'due.calendarFile'> => {
  const fileName = `keyturn.${fileKinds.calendar.extensions[0]}`;
  const path = await ports.dialogs.save('Write a calendar of what is due', fileName, fileKinds.calendar);
  return path === null ? ok(null) : ports.ask('due.calendarPath', { path, ...input });
};

const bringBackup = async (ports: ShellCallPorts): Output<'backup.bring'> => {
  const path = await ports.dialogs.open('Choose a backup to look at', fileKinds.backup);
  return path === null ? ok(null) : ports.ask('backup.bringPath', { path });
};

const restoreFromFile = async (
  ports: ShellCallPorts,
  input: Input<'restore.fromFile'>,
): Output<'restore.fromFile'> => {
  const path = await ports.dialogs.open('Restore a backup', fileKinds.backup);
  return path === null ? ok(null) : ports.ask('restore.readPath', { path, password: input.password });
};

const addProviders = async (ports: ShellCallPorts): Output<'providers.addFile'> => {
  const path = await ports.dialogs.open('Add providers from a file', fileKinds.providers);
  return path === null ? ok(null) : ports.ask('providers.addPath', { path });
};

const openFinding = async (ports: ShellCallPorts, input: Input<'leaks.open'>): Output<'leaks.open'> => {
  const place = await ports.ask('leaks.where', input);
  if (!place.ok) return place;
  const opened = await ports.openPlace(place.value);
  return opened.ok ? ok({ with: opened.value }) : opened;
};

const addFolder = async (ports: ShellCallPorts): Output<'scan.addFolder'> => {
  const path = await ports.dialogs.folder('Look for pasted keys in a folder');
  return path === null ? ok(null) : ports.ask('scan.addPath', { path });
};

const openPortal = async (ports: ShellCallPorts, input: Input<'portal.open'>): Output<'portal.open'> => {
  const resolved = await ports.ask('portal.resolve', input);
  return resolved.ok ? openExternal(resolved.value.url, ports.openInBrowser) : resolved;
};

/** The table that the relay looks into. */
export const createShellCalls = (ports: ShellCallPorts): ShellHandlers => ({
  ...createKeychainCalls({ ...ports, hours: () => ports.settings().quickUnlockHours }),
  'keys.copy': (input) => copyKey(ports, input),
  'clipboard.read': () => Promise.resolve(ok(ports.clipboard.held)),
  'clipboard.clear': async () => {
    const proven = await ports.clipboard.clear();
    return proven
      ? done
      : fail(
          'io',
          'The clipboard could not be cleared.',
          'Copy something else, so that it replaces the key.',
        );
  },
  'draft.paste': async (input) => {
    const text = await clipboardText(ports);
    if (!text.ok) return text;
    return ports.ask('draft.begin', { ...input, text: text.value }).finally(() => text.value.fill(0));
  },
  'draft.pasteField': async (input) => {
    const text = await clipboardText(ports);
    if (!text.ok) return text;
    return ports.ask('draft.field', { ...input, text: text.value }).finally(() => text.value.fill(0));
  },
  'portal.open': (input) => openPortal(ports, input),
  'import.chooseFile': (input) => chooseImport(ports, input),
  'leaks.open': (input) => openFinding(ports, input),
  'scan.addFolder': () => addFolder(ports),
  'export.toFile': (input) => exportToFile(ports, input),
  'backup.toFile': () => backupToFile(ports),
  'due.calendarFile': (input) => calendarToFile(ports, input),
  'backup.bring': () => bringBackup(ports),
  'restore.fromFile': (input) => restoreFromFile(ports, input),
  'providers.addFile': () => addProviders(ports),
  'about.open': async () => {
    await ports.openAbout();
    return done;
  },
});
