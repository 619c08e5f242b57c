// What the machine itself must have: on Debian and its like, packages; elsewhere nothing is installed, only named.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath, run } from './child.mjs';
import { SetupError, say } from './say.mjs';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium that the stand-in drives: KEYTURN_CHROMIUM, else the first one on the PATH, else undefined. */
export function findChromium() {
  const chosen = process.env.KEYTURN_CHROMIUM;
  if (chosen !== undefined) {
    if (existsSync(chosen)) return chosen;
    throw new SetupError(`KEYTURN_CHROMIUM names ${chosen}, which does not exist: correct it or unset it.`);
  }
  for (const name of browserNames) {
    const found = spawnSync('which', [name], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}

const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const realServers = 'the tests of asking real servers';

/** Debian package, how to tell that it is there, and when it is needed. */
const needs = [
  {
    name: 'chromium',
    why: 'the stand-in',
    present: () => findChromium() !== undefined,
    when: ({ electron }) => !electron,
  },
  { name: 'xvfb', why: 'a virtual display', present: () => onPath('Xvfb'), when: () => !hasDisplay() },
  {
    name: 'xclip',
    why: 'the clipboard',
    present: () => onPath('xclip'),
    when: ({ electron, tests }) => !electron || tests,
  },
  { name: 'fish', why: 'the tests of exports', present: () => onPath('fish'), when: ({ tests }) => tests },
  {
    name: 'postgresql',
    why: realServers,
    present: () => onPath('pg_ctlcluster'),
    when: ({ tests }) => tests,
  },
  {
    name: 'redis-server',
    why: realServers,
    present: () => onPath('redis-server'),
    when: ({ tests }) => tests,
  },
  { name: 'mariadb-server', why: realServers, present: () => onPath('mariadbd'), when: ({ tests }) => tests },
  { name: 'mosquitto', why: realServers, present: () => onPath('mosquitto'), when: ({ tests }) => tests },
  { name: 'etcd-server', why: realServers, present: () => onPath('etcd'), when: ({ tests }) => tests },
  {
    name: 'rabbitmq-server',
    why: realServers,
    present: () => onPath('rabbitmq-server'),
    when: ({ tests }) => tests,
  },
  { name: 'tmux', why: 'the tests of terminals', present: () => onPath('tmux'), when: ({ tests }) => tests },
  { name: 'git', why: 'the tests of exports', present: () => onPath('git'), when: ({ tests }) => tests },
];

function installByApt(names) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const install = () =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  // A fresh image has no package lists, so the first attempt may fail for that reason alone.
  if (install() === 0) return true;
  return run('apt-get', ['update', '-qq'], options) === 0 && install() === 0;
}

/** Installs missing system packages where it may; else says the exact command. `wanted`: {electron, tests}. */
export function provideSystemPackages(wanted) {
  if (process.platform !== 'linux') {
    say(`no system packages are needed on ${process.platform}, skipped`);
    return;
  }
  const missing = needs.filter((need) => need.when(wanted) && !need.present());
  if (missing.length === 0) {
    say('system packages are there, skipped');
    return;
  }
  const names = missing.map(({ name }) => name);
  const list = missing.map(({ name, why }) => `${name} (${why})`).join(', ');
  if (!onPath('apt-get')) {
    throw new SetupError(
      `Missing: ${list}. Install them with your system's package manager and run this again.`,
    );
  }
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (process.getuid() !== 0) {
    throw new SetupError(`Missing: ${list}. Run this, then try again:\n  sudo ${command}`);
  }
  say(`installing system packages: ${list}`);
  if (!installByApt(names)) throw new SetupError(`\`${command}\` failed: read its words above.`);
}
