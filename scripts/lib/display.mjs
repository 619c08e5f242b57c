// A display to open windows on: the one that is there, else a virtual one of our own (Xvfb), ended with us.
import { spawn } from 'node:child_process';
import { SetupError, say } from './say.mjs';

const readyWithinMs = 15_000;

/** The shell ends Xvfb as soon as its own input closes, which happens even when we are killed. */
const script =
  'Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp -noreset & exec 3>&-; read -r _; kill $!; wait';

/** Reads the display number that Xvfb writes to its file descriptor 3 once it accepts clients. */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (words) => {
      child.stdin.end();
      reject(new SetupError(words));
    };
    const tooLate = setTimeout(() => fail('Xvfb did not start within 15 seconds.'), readyWithinMs);
    const settle = (act) => {
      clearTimeout(tooLate);
      act();
    };
    const failed = () => settle(() => fail('Xvfb could not be started: is it installed?'));
    child.once('error', failed);
    child.stdio[3].once('end', failed);
    child.stdio[3].setEncoding('utf8').on('data', (part) => {
      text += part;
      if (text.includes('\n')) settle(() => resolve(text.trim()));
    });
  });
}

/**
 * Gives the environment in which windows open, and `close` to end what was started. Says so when a
 * virtual display had to be started. It runs in a process group of its own, so that Ctrl+C ends the app before it.
 */
export async function provideDisplay() {
  const env = { ...process.env };
  if (process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY)
    return { env, close: () => Promise.resolve() };
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore', 'pipe'], detached: true });
  const number = await displayNumber(child);
  child.unref();
  child.stdin.unref();
  child.stdio[3].destroy();
  say(`there is no display here: using a virtual one (Xvfb :${number})`);
  const close = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.ref();
      child.once('exit', resolve);
      return child.stdin.end();
    });
  return { env: { ...env, DISPLAY: `:${number}` }, close };
}
