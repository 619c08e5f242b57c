// The agent's door for the command line while the app runs: each frame is one call of the contract, and its sender is always the
// command line, whatever it says. Whether it may come in at all is a setting.
import { fail } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import { maxValues } from '../contract/measure.ts';
import { decodeMessage, encodeMessage, maxFrameBytes } from '../contract/wire.ts';
import { openSocketServer, type Connection, type SocketServer } from '../node/socket-server.ts';
import type { Agent } from './agent.ts';
import { wipeBytes } from './wipe-bytes.ts';

const notAllowed = fail(
  'refused',
  'The app does not let the command line use its vault.',
  'Turn on command line access in the app, or give --password-file FILE.',
);

const answer = async (agent: Agent, name: string, input: unknown): Promise<Result<unknown>> => {
  if (name !== 'state.read' && !agent.state().settings.commandLineAccess) {
    wipeBytes(input);
    return notAllowed;
  }
  return agent.call('command-line', name, input);
};

const receive = async (agent: Agent, connection: Connection, bytes: Uint8Array): Promise<void> => {
  const message = decodeMessage(bytes, maxValues);
  bytes.fill(0);
  if (message === null || !('name' in message)) {
    connection.close();
    return;
  }
  const result = await answer(agent, message.name, message.input);
  const reply = encodeMessage({ id: message.id, result });
  wipeBytes(result);
  connection.send(reply);
  reply.fill(0);
};

/** Opens the socket of a home folder; null where another agent has it. Progress of long work is told to everybody. */
export const openSocketDoor = async (agent: Agent, home: string): Promise<SocketServer | null> => {
  const connections = new Set<Connection>();
  const end = agent.on('task.progress', (payload) => {
    const bytes = encodeMessage({ event: 'task.progress', payload });
    for (const connection of connections) connection.send(bytes);
  });
  const server = await openSocketServer({
    home,
    maxFrameBytes,
    onOpen: (connection) => {
      connections.add(connection);
    },
    onClose: (connection) => {
      connections.delete(connection);
    },
    onFrame: (connection, bytes) => {
      void receive(agent, connection, bytes);
    },
  });
  if (server === null) end();
  return server;
};
