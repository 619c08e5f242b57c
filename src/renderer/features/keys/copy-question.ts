// A key that moves money is not copied at the first press: the place of the press asks, and a second press does it. Once per key until
// the vault is locked, so that nobody learns to press without reading. It guards against a hand that slips, not against a program:
// whoever can call `keys.copy` could send a yes along with it, so the agent is not told, and its audit line is the same.
import { createStore } from 'zustand/vanilla';
import { appStore, goTo } from '../../app/app-store.ts';
import { clipboardStore, copyField } from '../../app/clipboard-store.ts';
import type { FieldView, KeySummary } from '../../lib/types.ts';
import { keysStore } from './store.ts';

/** What is looked at of a key that is to be copied. */
export type CopyKey = Pick<KeySummary, 'id' | 'kind' | 'movesMoney'>;
export type CopyPart = Pick<FieldView, 'name' | 'secret'>;

export type CopyQuestionStore = {
  /** The question that stands, if one does. */
  readonly asked: { readonly key: CopyKey; readonly field: CopyPart } | null;
  /** Keys of which somebody said yes since the vault was opened. */
  readonly agreed: ReadonlySet<string>;
};

const start: CopyQuestionStore = { asked: null, agreed: new Set() };
export const copyQuestionStore = createStore<CopyQuestionStore>()(() => start);

/** How long the question stands. */
export const questionMs = 8_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** A kind that is not known counts as live: the worse of the two. */
export const asksBeforeCopy = ({ kind, movesMoney }: CopyKey): boolean => movesMoney && kind !== 'test';

export const isAsked = ({ asked }: CopyQuestionStore, keyId: string, field: string): boolean =>
  asked?.key.id === keyId && asked.field.name === field;

const isHeld = (keyId: string, field: string): boolean => {
  const { held } = clipboardStore.getState();
  return held?.keyId === keyId && held.field === field;
};

/** Takes the question away: nothing is copied. */
export const withdrawQuestion = (): void => {
  clearTimeout(timer);
  if (copyQuestionStore.getState().asked === null) return;
  copyQuestionStore.setState({ asked: null });
  clipboardStore.setState({ spoken: 'Not copied' });
};

const ask = (key: CopyKey, field: CopyPart): void => {
  clearTimeout(timer);
  if (appStore.getState().place !== 'keys') goTo('keys');
  copyQuestionStore.setState({ asked: { key, field } });
  clipboardStore.setState({ spoken: 'This key moves money. Press again to copy it, Escape to leave it' });
  timer = setTimeout(withdrawQuestion, questionMs);
};

const agree = (keyId: string): void => {
  clearTimeout(timer);
  const { agreed } = copyQuestionStore.getState();
  copyQuestionStore.setState({ asked: null, agreed: new Set([...agreed, keyId]) });
};

/** Copies a field, clears it where it is the one on the clipboard, or asks first. A press while the question stands is the yes. */
export const pressCopy = async (key: CopyKey, field: CopyPart): Promise<void> => {
  const state = copyQuestionStore.getState();
  const mayCopy =
    isHeld(key.id, field.name) || !field.secret || !asksBeforeCopy(key) || state.agreed.has(key.id);
  if (!mayCopy) {
    if (!isAsked(state, key.id, field.name)) {
      ask(key, field);
      return;
    }
    agree(key.id);
  }
  await copyField(key.id, field.name);
};

/** The yes to the question that stands. */
export const answerQuestion = async (): Promise<void> => {
  const { asked } = copyQuestionStore.getState();
  if (asked !== null) await pressCopy(asked.key, asked.field);
};

/** When the vault is locked, everything is asked anew. */
export const forgetCopies = (): void => {
  clearTimeout(timer);
  copyQuestionStore.setState(start);
};

/** A question is about the key in sight: with another key, another place or a dialog in front it goes. */
export const startCopyQuestion = (): void => {
  keysStore.subscribe(({ keyId }) => {
    const { asked } = copyQuestionStore.getState();
    if (asked !== null && asked.key.id !== keyId) withdrawQuestion();
  });
  appStore.subscribe(({ place, overlay }) => {
    if (place !== 'keys' || overlay !== null) withdrawQuestion();
  });
};
