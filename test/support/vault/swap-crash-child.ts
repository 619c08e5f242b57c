// A process that kills itself before the nth time it touches a file while a backup takes the vault's place, or while one is made.
// Arguments: home, what to do, n. Prints `done` where it came to the end. Derivations cost nothing: the parent makes the vault alike.
import { createAgent } from '../../../src/agent/agent.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import { bytesOf, testPassword } from '../agents.ts';
import { portsWithoutCost } from './ports-without-cost.ts';

const [home = '', deed = '', nth = '0'] = process.argv.slice(2);
let left = Number.POSITIVE_INFINITY;

const counted = <T extends object>(port: T): T =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...input: readonly unknown[]): unknown => {
        left -= 1;
        if (left < 0) process.kill(process.pid, 'SIGKILL');
        const result: unknown = Reflect.apply(member, target, input);
        return withSql(result);
      };
    },
  });

/** Statements are touches too: connections come out of a Result. */
const withSql = (result: unknown): unknown => {
  if (typeof result !== 'object' || result === null || !('value' in result)) return result;
  const { value } = result;
  return typeof value === 'object' && value !== null && 'run' in value
    ? { ...result, value: counted(value) }
    : result;
};

const ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
const watched: VaultPorts = { ...ports, files: counted(ports.files), store: counted(ports.store) };
const agent = createAgent({ home, ports: watched });
const password = (): Uint8Array => bytesOf(testPassword);
const must = async (name: string, input: unknown): Promise<unknown> => {
  const result = await agent.call('window', name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
  return result.value;
};

await must('vault.unlock', { password: password() });
const { backups } = (await must('backup.list', {})) as { backups: { name: string }[] };
left = Number(nth);
if (deed === 'swap')
  await must('restore.swap', { name: backups.at(-1)?.name, password: password(), confirm: 'replace' });
else await must('password.change', { current: password(), next: bytesOf('the next password') });
left = Number.POSITIVE_INFINITY;
agent.close();
process.stdout.write('done');
