// Entry of the agent process: Electron's utilityProcess, plain Node for the stand-in and the tests, or alone in the background for
// `keyturn unlock`. It imports no Electron. It ends itself on lock, so that the system takes back every byte it held; the shell then
// starts a fresh, locked one.
import { createAgent, type Agent } from './agent.ts';
import { placesOf, type BugReport } from './bug-report.ts';
import { openParentPort, type ParentPort } from './parent-port.ts';
import { readArguments } from './arguments.ts';
import { connectAgent } from './client.ts';
import { openSocketDoor } from './socket-door.ts';
import { makeHome } from '../node/home-folder.ts';
import { turnOffCoreDumps } from '../node/core-dumps.ts';
import { nodePorts } from '../node/ports.ts';
import { callerOf } from './caller.ts';

/** Time for the last messages to leave the process. */
const lastWordsMs = 50;

const end = (): void => {
  setTimeout(() => process.exit(0), lastWordsMs);
};

/** To the log of the shell: where, never what. */
const reportBug = ({ reportId, call, where }: BugReport): void => {
  process.stderr.write(`bug ${reportId} in ${call}\n${where.join('\n')}\n`);
};

const connect = (port: ParentPort, agent: Agent): void => {
  port.listen(async (message) => {
    const result = await agent.call(callerOf(message.caller), message.name, message.input);
    port.send({ id: message.id, result });
  });
  agent.onAny((event, payload) => {
    port.send({ event, payload });
  });
};

// What Node prints by itself for an uncaught error is its message too, and that could quote a value.
process.on('uncaughtException', (problem) => {
  process.stderr.write(`uncaught ${placesOf(problem).join('\n')}\n`);
  process.exit(1);
});

const socketRetryMs = 1_000;
const unusedMs = 120_000;

/** One vault has one agent that answers the command line: the one `keyturn unlock` started gives way to the app's. */
const relieveBackground = async (home: string): Promise<void> => {
  const other = await connectAgent({ home });
  if (!other.ok) return;
  const state = await other.value.send('state.read', {});
  if (state.ok && state.value.background) await other.value.send('vault.lock', {});
  await other.value.close();
};

/** Another agent may still answer there, one that is just ending above all: tried again until the place is free. */
const openSocket = async (agent: Agent, home: string): Promise<void> => {
  // The socket needs the folder. Where it cannot be made, the app says so when a vault is created.
  if (makeHome(home).ok) {
    if ((await openSocketDoor(agent, home)) !== null) return;
    await relieveBackground(home);
  }
  setTimeout(() => void openSocket(agent, home), socketRetryMs).unref();
};

/** Started by `keyturn unlock` without a parent: lives as long as it is unlocked, or for a moment to become so. */
const serveAlone = async (agent: Agent, home: string): Promise<void> => {
  if (!makeHome(home).ok || (await openSocketDoor(agent, home)) === null) process.exit(1);
  setTimeout(() => {
    if (agent.state().vault !== 'unlocked') process.exit(0);
  }, unusedMs).unref();
};

const start = async (): Promise<void> => {
  const { home, demo, background } = readArguments(process.argv.slice(2));
  const agent = createAgent({
    home,
    demo,
    background,
    tells: !background,
    ports: await nodePorts(),
    onLocked: end,
    onBug: reportBug,
  });
  if (background) {
    turnOffCoreDumps();
    await serveAlone(agent, home);
    return;
  }
  const port = openParentPort(() => {
    agent.lock('app', 'the app ended');
    end();
  });
  connect(port, agent);
  await openSocket(agent, home);
};

await start();
