// Short sentences about what was just done, with the way back. Never holds a secret: callers pass names only.
import { createStore } from 'zustand/vanilla';

export type Toast = {
  readonly id: number;
  readonly tone: 'done' | 'failed';
  readonly text: string;
  readonly next: string;
  readonly undo: (() => void) | null;
};

type ToastState = { readonly toasts: readonly Toast[] };

const stayMs = { done: 8_000, failed: 14_000 } as const;
const most = 3;
const againMs = 1_000;
let lastId = 0;
let isHeld: () => boolean = () => false;

export const toastStore = createStore<ToastState>()(() => ({ toasts: [] }));

export const dismissToast = (id: number): void =>
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** @param held whether somebody points at the messages, or has the focus in them: none goes by itself then */
export const holdToastsWhile = (held: () => boolean): void => {
  isHeld = held;
};

const dismissLater = (id: number, afterMs: number): void => {
  setTimeout(() => (isHeld() ? dismissLater(id, againMs) : dismissToast(id)), afterMs);
};

const show = (toast: Omit<Toast, 'id'>): void => {
  lastId += 1;
  const id = lastId;
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }].slice(-most) }));
  dismissLater(id, stayMs[toast.tone]);
};

/** Says that something was done; `undo` is offered while the sentence stays. */
export const sayDone = (text: string, undo: (() => void) | null = null): void =>
  show({ tone: 'done', text, next: '', undo });

/** Says that something failed, what did not change and what to do. */
export const sayFailed = (error: { readonly message: string; readonly next: string }): void =>
  show({ tone: 'failed', text: error.message, next: error.next, undo: null });

export const clearToasts = (): void => toastStore.setState({ toasts: [] });
