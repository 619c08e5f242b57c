// Servers of one's own at which this build can change passwords. An adapter joins by standing in the table.
import type { ServerAnswer, ServerChange, ServerChanges, ServerLogin, Stop } from '../../core/ports.ts';
import { noAnswer } from '../http-words.ts';
import { hostOf, isUnheard } from './connect.ts';
import { changeMqtt } from './mqtt-change.ts';
import { changeMysql } from './mysql-change.ts';
import { changePostgres } from './postgres-change.ts';
import { changeRedis } from './redis-change.ts';

type Adapter = (change: ServerChange, stop: Stop) => Promise<ServerAnswer>;

const adapters: Readonly<Record<ServerLogin['protocol'], Adapter>> = {
  postgres: changePostgres,
  redis: changeRedis,
  mysql: changeMysql,
  mqtt: changeMqtt,
};

export const nodeChanges: ServerChanges = {
  protocols: ['postgres', 'redis', 'mysql', 'mqtt'],
  change: async (change, stop) => {
    const { login } = change;
    if (!stop.wanted()) return { ok: false, error: noAnswer('stopped', hostOf(login)) };
    try {
      return { ok: true, value: await adapters[login.protocol](change, stop) };
    } catch (error) {
      if (isUnheard(error)) return { ok: false, error: error.error };
      throw error;
    }
  },
};
