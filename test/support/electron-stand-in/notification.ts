// Notification: a display without a notification service shows none; the object and its events are there.
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { makeEvent } from './state.ts';
import type { NotificationConstructorOptions } from 'electron';

export class Notification extends EventEmitter {
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: string;
  timeoutType: string;
  hasReply: boolean;
  readonly id: string;
  readonly actions: readonly object[];
  #isShown = false;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
    this.hasReply = options.hasReply ?? false;
    this.actions = options.actions ?? [];
    this.id = randomUUID();
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    this.#isShown = true;
    setImmediate(() => this.emit('show', makeEvent({})));
  }
  close(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    setImmediate(() => this.emit('close', makeEvent({ reason: 'applicationHidden' })));
  }
}
