// MQTT: a login with a clean session, and out again. No topic is ever named.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { withMqtt } from './mqtt-line.ts';

/** Logs in and out. @throws Unheard */
export const askMqtt = (login: ServerLogin, stop: Stop): Promise<ServerAnswer> => withMqtt(login, stop);
