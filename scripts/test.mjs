// `npm test`: sets up, runs every suite in order and ends with the one line `N passed, N failed`, whatever happens.
//   --only NAME…   only these suites (format, lint, types:core, unit, property, golden, contract, conformance, e2e)
//   --long         also test/long, which takes its time
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { provideDisplay } from './lib/display.mjs';
import { cacheFolder, root } from './lib/paths.mjs';
import { SetupError, say } from './lib/say.mjs';
import { planSuites } from './lib/suites.mjs';
import { findChromium } from './lib/system.mjs';
import { sumUp } from './lib/tally.mjs';
import { setUp } from './setup.mjs';

const compiledFolder = path.join(cacheFolder, 'compiled');
const total = { passed: 0, failed: 0 };
let running;

/** Ends a suite's whole process group, so that no window it left behind outlives it or writes after our last line. */
function endGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

function runSuite(suite, node24, env) {
  return new Promise((resolve) => {
    const child = spawn(node24, suite.args, {
      cwd: root,
      env: { ...env, ...suite.env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    });
    running = child;
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      say(`${suite.name} took longer than ${suite.timeoutMs / 60_000} minutes and is ended`);
      endGroup(child, 'SIGKILL');
    }, suite.timeoutMs);
    const finish = (code) => {
      clearTimeout(limit);
      endGroup(child, 'SIGKILL');
      running = undefined;
      resolve(timedOut ? 1 : code);
    };
    child.once('error', () => finish(1));
    child.once('exit', (code) => finish(code ?? 1));
  });
}

/** Adds a suite's counts to the total and says them. */
function account(suite, code) {
  const sum = sumUp(suite.name, suite.count(code), code);
  for (const line of sum.lines) say(line);
  total.passed += sum.passed;
  total.failed += sum.failed;
}

function parseArguments(args) {
  const at = args.indexOf('--only');
  const after = at === -1 ? [] : args.slice(at + 1);
  const end = after.findIndex((word) => word.startsWith('--'));
  return {
    long: args.includes('--long'),
    only: (end === -1 ? after : after.slice(0, end)).flatMap((word) => word.split(',')),
  };
}

async function main() {
  const options = parseArguments(process.argv.slice(2));
  const reportFolder = path.join(cacheFolder, 'reports');
  const suites = planSuites({ ...options, reportFolder });
  if (suites.length === 0) throw new SetupError(`No suite is called ${options.only.join(' or ')}.`);

  const { node24, electron } = await setUp({ tests: true });
  const display = await provideDisplay();
  for (const old of [reportFolder, compiledFolder]) rmSync(old, { recursive: true, force: true });
  mkdirSync(reportFolder, { recursive: true });

  say(
    `windows are tested on ${electron === undefined ? 'the stand-in for Electron' : `real Electron ${electron.version}`}`,
  );
  const env = {
    ...display.env,
    // What the app remembers outside a vault must not pile up among the developer's own.
    KEYTURN_STATE: path.join(cacheFolder, 'test-state'),
    PATH: `${path.dirname(node24)}${path.delimiter}${process.env.PATH}`,
    ...(electron === undefined
      ? { KEYTURN_CHROMIUM: findChromium() }
      : { KEYTURN_ELECTRON: electron.binary }),
    // What tests start as processes is what was built above.
    KEYTURN_TEST_BUILT: '1',
    // A thousand processes are started: what Node makes of a file is kept from one to the next, within one run.
    NODE_COMPILE_CACHE: compiledFolder,
    ...(options.long ? { KEYTURN_LONG: '1' } : {}),
    // A virtual display costs nothing: each worker gets its own, and its own clipboard.
    ...(display.env.DISPLAY !== process.env.DISPLAY ? { KEYTURN_DISPLAY_EACH: '1' } : {}),
  };
  for (const suite of suites) {
    say(`${suite.name} …`);
    const started = Date.now();
    const code = await runSuite(suite, node24, env);
    say(`${suite.name} took ${Math.round((Date.now() - started) / 1000)} s`);
    account(suite, code);
  }
  await display.close();
}

/** Says the promised last line and ends at once. Written synchronously, so that nothing is lost in a pipe. */
function conclude() {
  writeSync(1, `${total.passed} passed, ${total.failed} failed\n`);
  process.exit(total.failed === 0 ? 0 : 1);
}

function fail(error) {
  if (running !== undefined) endGroup(running, 'SIGKILL');
  total.failed += 1;
  if (error instanceof SetupError) say(error.message);
  else console.error(error);
  conclude();
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => fail(new SetupError(`Ended by ${signal}.`)));

await main();
conclude();
