// Notification: a display without a notification service shows none; the object, its properties and its events are there. What a person would
// do with it (click, a button) is emitted by whoever tests it.
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { makeEvent } from './state.ts';
import type { NotificationAction, NotificationConstructorOptions } from 'electron';

export class Notification extends EventEmitter {
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: 'normal' | 'critical' | 'low';
  timeoutType: 'default' | 'never';
  hasReply: boolean;
  replyPlaceholder: string;
  sound: string;
  closeButtonText: string;
  toastXml: string;
  actions: NotificationAction[];
  readonly id: string;
  readonly groupId: string;
  readonly groupTitle: string;
  #isShown = false;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'low';
    this.timeoutType = options.timeoutType ?? 'default';
    this.hasReply = options.hasReply ?? false;
    this.replyPlaceholder = options.replyPlaceholder ?? '';
    this.sound = options.sound ?? '';
    this.closeButtonText = options.closeButtonText ?? '';
    this.toastXml = options.toastXml ?? '';
    this.actions = (options.actions ?? []).map((action) => ({ ...action }));
    // An empty id counts as none.
    this.id = options.id === undefined || options.id === '' ? randomUUID() : options.id;
    this.groupId = options.groupId ?? '';
    this.groupTitle = options.groupTitle ?? '';
  }
  static isSupported(): boolean {
    return true;
  }
  /** One that is shown already goes first. */
  show(): void {
    this.close();
    this.#isShown = true;
    setImmediate(() => this.emit('show', makeEvent({})));
  }
  close(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    setImmediate(() => this.emit('close', makeEvent({ reason: 'applicationHidden' })));
  }
}
