// powerMonitor: the idle time is the X server's own; lock, sleep and the like are emitted by whoever tests them, since a
// virtual display has no session to lock.
import { EventEmitter } from 'node:events';
import { padded, words } from './x11.ts';
import { xConnection } from './x-selection.ts';
import { news } from './state.ts';
import type { PowerMonitor as Real } from 'electron';

const pollMs = 1000;

class PowerMonitor extends EventEmitter {
  #idleMs = 0;
  #measuredAtMs = Date.now();
  onBatteryPower = false;

  constructor() {
    super();
    news.once('ready', () => void this.#watch().catch(() => {}));
  }

  /** Electron answers at once, the server does not: the last answer is carried forward by the clock. */
  async #watch(): Promise<void> {
    const x = await xConnection();
    const name = Buffer.from('MIT-SCREEN-SAVER');
    const head = Buffer.alloc(4);
    head.writeUInt16LE(name.length, 0);
    const extension = await x.ask(98, 0, Buffer.concat([head, padded(name)]));
    if (extension.readUInt8(8) === 0) return;
    const opcode = extension.readUInt8(9);
    const measure = async (): Promise<void> => {
      const info = await x.ask(opcode, 1, words(x.screen.root));
      this.#idleMs = info.readUInt32LE(16);
      this.#measuredAtMs = Date.now();
    };
    await measure();
    setInterval(() => void measure().catch(() => {}), pollMs).unref();
  }

  /** Whole seconds. */
  getSystemIdleTime(): number {
    return Math.floor((this.#idleMs + Date.now() - this.#measuredAtMs) / 1000);
  }
  getSystemIdleState(thresholdSeconds: number): 'active' | 'idle' | 'locked' | 'unknown' {
    if (thresholdSeconds <= 0) throw new Error('Invalid idle threshold');
    return this.getSystemIdleTime() >= thresholdSeconds ? 'idle' : 'active';
  }
  getCurrentThermalState(): 'unknown' {
    return 'unknown';
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}

export const powerMonitor = new PowerMonitor() satisfies Pick<
  Real,
  | 'getSystemIdleTime'
  | 'getSystemIdleState'
  | 'getCurrentThermalState'
  | 'isOnBatteryPower'
  | 'onBatteryPower'
>;
