// Servers of one's own that this build can log in to. An adapter joins by standing in the table.
import type { ServerAnswer, ServerLogin, Servers, Stop } from '../../core/ports.ts';
import { noAnswer } from '../http-words.ts';
import { hostOf, isUnheard } from './connect.ts';
import { askMqtt } from './mqtt.ts';
import { askMysql } from './mysql.ts';
import { askPostgres } from './postgres.ts';
import { askRedis } from './redis.ts';

type Adapter = (login: ServerLogin, stop: Stop) => Promise<ServerAnswer>;

const adapters: Readonly<Record<ServerLogin['protocol'], Adapter>> = {
  postgres: askPostgres,
  redis: askRedis,
  mysql: askMysql,
  mqtt: askMqtt,
};

export const nodeServers: Servers = {
  protocols: ['postgres', 'redis', 'mysql', 'mqtt'],
  ask: async (login, stop) => {
    if (!stop.wanted()) return { ok: false, error: noAnswer('stopped', hostOf(login)) };
    try {
      return { ok: true, value: await adapters[login.protocol](login, stop) };
    } catch (error) {
      if (isUnheard(error)) return { ok: false, error: error.error };
      throw error;
    }
  },
};
