// What is set up, what is missing and how to mend it. Looks only; changes nothing; names no key.
import { ok } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { isOpenToOthers } from '../../node/home-folder.ts';
import type { AgentCore } from '../core.ts';
import type { OpenHandlers } from '../handler.ts';

type Check = CallOutput<'doctor.run'>['checks'][number];

const good = (name: string, hint = ''): Check => ({ name, ok: true, hint });
const bad = (name: string, hint: string): Check => ({ name, ok: false, hint });

const vaultCheck = (core: AgentCore): Check => {
  const { vault, problem, file } = core.state();
  if (problem !== null) return bad('vault', `${problem.message} ${problem.next} (${file})`);
  return vault === 'missing'
    ? bad('vault', `There is none yet. Create one in the app or with keyturn init. (${file})`)
    : good('vault', `${vault}: ${file}`);
};

const folderCheck = ({ files }: AgentCore): Check =>
  isOpenToOthers(files.home)
    ? bad('folder', `Others on this machine may look into ${files.home}. Run: chmod 700 "${files.home}"`)
    : good('folder', files.home);

const settingsCheck = (core: AgentCore): Check => {
  const problem = core.settingsProblem();
  return problem === null ? good('settings') : bad('settings', `${problem.message} ${problem.next}`);
};

const derivationCheck = ({ ports }: AgentCore): Check =>
  ports.kdf.implementation === 'native'
    ? good('key derivation', 'native')
    : good('key derivation', 'WebAssembly: the native module did not load, so unlocking takes longer.');

const lockCheck = (core: AgentCore): Check => {
  const { lockAfterMinutes } = core.settings();
  return lockAfterMinutes === 0
    ? bad(
        'idle lock',
        'It is off. Choose a time in the settings, so that a vault you leave open closes itself.',
      )
    : good('idle lock', `after ${String(lockAfterMinutes)} minutes`);
};

const accessCheck = (core: AgentCore): Check =>
  core.settings().commandLineAccess
    ? good('command line', 'It may use the vault while the app has it unlocked.')
    : good('command line', 'It asks for the password itself: access through the app is off.');

const backupCheck = ({ backups }: AgentCore): Check => {
  const problem = backups.problem();
  if (problem !== null)
    return bad('backups', `The last automatic backup was not made: ${problem.message} ${problem.next}`);
  const found = backups.list();
  if (!found.ok) return bad('backups', `${found.error.message} ${found.error.next} (${backups.folder})`);
  const [newest] = found.value;
  return newest === undefined
    ? good('backups', `none yet: the first is made once something has changed. (${backups.folder})`)
    : good(
        'backups',
        `${String(found.value.length)} in ${backups.folder}, the newest of ${new Date(newest.atMs).toISOString().slice(0, 10)}`,
      );
};

const remindersCheck = ({ due, settings }: AgentCore): Check => {
  const problem = due.reminders.problem();
  if (problem !== null) return bad('reminders', `${problem.message} ${problem.next}`);
  return good('reminders', settings().reminders ? '' : 'off: nothing about dates stands outside the vault.');
};

const calendarCheck = ({ due, settings }: AgentCore): Check => {
  const problem = due.calendar.problem();
  if (problem !== null) return bad('calendar', `${problem.message} ${problem.next}`);
  return good('calendar', settings().calendarFile?.path ?? 'no file is kept.');
};

/** What can only be told of an open vault. */
const recordChecks = (core: AgentCore): readonly Check[] => {
  const session = core.session();
  if (session === null) return [];
  const damage = session.vault.damage().length;
  const unreadable = session.book().unreadable.size;
  return [
    damage === 0
      ? good('records')
      : bad(
          'records',
          `${String(damage)} are damaged; everything else is readable. Restore a backup beside this vault, or save what can be read with keyturn doctor --rescue FILE.`,
        ),
    unreadable === 0
      ? good('versions')
      : bad(
          'versions',
          `${String(unreadable)} records are of a later version. They are kept as they are; update Keyturn.`,
        ),
  ];
};

const checks = [
  vaultCheck,
  folderCheck,
  settingsCheck,
  derivationCheck,
  lockCheck,
  accessCheck,
  backupCheck,
  remindersCheck,
  calendarCheck,
] as const;

export const doctorHandlers: OpenHandlers<'doctor.run'> = {
  'doctor.run': ({ core }) => ok({ checks: [...checks.map((check) => check(core)), ...recordChecks(core)] }),
};
