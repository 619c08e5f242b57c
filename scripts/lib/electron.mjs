// Finds out whether Electron's own binary can be had. Its package carries none and downloads it on first use; where that
// cannot work (no network, a proxy) the app opens on the stand-in, and the failed attempt is remembered.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, fromRoot } from './paths.mjs';
import { SetupError, say } from './say.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const stallMs = 60_000;
const binaryNames = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const binaryName = binaryNames[process.platform] ?? 'electron';
const packageFolder = fromRoot('node_modules', 'electron');

const packageVersion = () =>
  JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version;

/** Electron's binary and version where one lies ready, else undefined. Downloads nothing. */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = override ?? path.join(packageFolder, 'dist');
  const binary = path.join(folder, binaryName);
  if (!existsSync(binary)) return undefined;
  const versionFile = path.join(folder, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : undefined;
  // A dist folder of another version is left over from before an update: the download has to replace it.
  if (override === undefined && version !== packageVersion()) return undefined;
  return { binary, version: version ?? packageVersion() };
}

function bytesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true })
      .map((name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}

/** Runs Electron's downloader; gives up after a minute without a new byte. Gives undefined, or the reason of the failure. */
function download(node24) {
  const temporary = path.join(cacheFolder, 'electron-download');
  mkdirSync(temporary, { recursive: true });
  return new Promise((resolve) => {
    const child = spawn(node24, [path.join(packageFolder, 'install.js')], {
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    let stalled = false;
    let last = { bytes: 0, at: Date.now() };
    child.stderr.setEncoding('utf8').on('data', (text) => (words += text));
    const watch = setInterval(() => {
      const bytes = bytesBelow(temporary) + bytesBelow(path.join(packageFolder, 'dist'));
      if (bytes !== last.bytes) last = { bytes, at: Date.now() };
      stalled = Date.now() - last.at > stallMs;
      if (stalled) child.kill('SIGKILL');
    }, 1000);
    const finish = (reason) => {
      clearInterval(watch);
      rmSync(temporary, { recursive: true, force: true });
      resolve(reason);
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code) => {
      if (code === 0) finish(undefined);
      else
        finish(
          stalled
            ? 'nothing arrived for a minute'
            : (words.split('\n').find((line) => /\S/.test(line)) ?? `code ${code}`),
        );
    });
  });
}

/** Electron's binary, downloaded where that is possible; undefined (after saying so) where it cannot be had. */
export async function provideElectron(node24, { retry = false } = {}) {
  const ready = findElectron();
  if (ready !== undefined) {
    say(`Electron ${ready.version} is there, skipped`);
    return ready;
  }
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${binaryName}: correct it or unset it.`,
    );
  }
  const version = packageVersion();
  const failure = readStamp('electron');
  if (failure?.version === version && !retry) {
    say(
      `Electron ${version} could not be had before (${failure.reason}), skipped; \`npm run setup -- --retry-electron\` tries again`,
    );
    return refuseIfRequired(failure.reason);
  }
  say(`downloading Electron ${version}, about 120 MB`);
  const reason = await download(node24);
  const found = findElectron();
  if (found !== undefined) return found;
  const words = (reason ?? 'the download left no binary').trim();
  writeStamp('electron', { version, reason: words });
  say(`Electron ${version} cannot be had here (${words}): the app will open on the stand-in`);
  return refuseIfRequired(words);
}

/** Public CI promises real Electron: there a failed download is an error, not a fallback. */
function refuseIfRequired(reason) {
  if (process.env.KEYTURN_REQUIRE_ELECTRON === '1') {
    throw new SetupError(`KEYTURN_REQUIRE_ELECTRON is set, but Electron's binary cannot be had: ${reason}.`);
  }
  return undefined;
}
