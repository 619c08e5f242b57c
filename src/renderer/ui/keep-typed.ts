// Keeps what is typed into a password field away from the element: each change is carried out on a SecretText, and the element holds as
// many dots. So neither the page's memory nor the text that Chromium tells its input methods ever has the password in one piece.
import { createSecretText, type SecretText } from './secret-text.ts';

const dot = '\u2022';
const kept = new WeakMap<HTMLInputElement, { readonly text: SecretText; shown: boolean }>();

/** The text of a field that {@link keepTyped} watches. What was typed where it was shown is taken over first. */
export const textOf = (input: HTMLInputElement): SecretText | undefined => {
  const field = kept.get(input);
  if (field?.shown === true) takeOver(input, field.text);
  return field?.text;
};

const takeOver = (input: HTMLInputElement, text: SecretText): void => {
  text.clear();
  text.replace(0, 0, input.value);
};

// React's own setter on the element would make it miss the change.
const write = (input: HTMLInputElement, value: string): void => {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
};

const paint = (input: HTMLInputElement, text: SecretText, caret: number): void => {
  write(input, dot.repeat(text.length()));
  input.setSelectionRange(caret, caret);
};

const changed = (input: HTMLInputElement): void => {
  input.dispatchEvent(new Event('input', { bubbles: true }));
};

type Range = readonly [start: number, end: number];

/** What a deletion takes where nothing is chosen; a password has no words, so a word is all of it. */
const reachOf = (kind: string, at: number, length: number): Range | null => {
  if (kind.endsWith('Backward')) return [kind === 'deleteContentBackward' ? Math.max(0, at - 1) : 0, at];
  if (kind.endsWith('Forward'))
    return [at, kind === 'deleteContentForward' ? Math.min(length, at + 1) : length];
  return kind === 'deleteEntireSoftLine' ? [0, length] : null;
};

const chosen = (input: HTMLInputElement): Range => [input.selectionStart ?? 0, input.selectionEnd ?? 0];

const onBeforeInput = (input: HTMLInputElement, text: SecretText, event: InputEvent): void => {
  const { inputType: kind } = event;
  // A composition cannot be held back: what it brings is taken over once it is in the element. A line break sends the form.
  if (!event.cancelable || kind === 'insertLineBreak' || event.isComposing) return;
  event.preventDefault();
  const [start, end] = chosen(input);
  const isDeletion = kind.startsWith('delete');
  const put = isDeletion ? '' : (event.data ?? event.dataTransfer?.getData('text/plain') ?? '');
  const range: Range | null =
    isDeletion && start === end ? reachOf(kind, start, text.length()) : [start, end];
  if (range === null || (!isDeletion && put === '')) return;
  paint(input, text, text.replace(range[0], range[1], put.replace(/[\r\n]/g, '')));
  changed(input);
};

/** What came into the element past the door stands between dots: it is put where it belongs, and dotted. */
const onInput = (input: HTMLInputElement, text: SecretText, event: Event): void => {
  if (event instanceof InputEvent && event.isComposing) return;
  const { value } = input;
  const length = text.length();
  if (value === dot.repeat(length)) return;
  const points = [...value];
  let before = 0;
  while (before < points.length && before < length && points[before] === dot) before += 1;
  let after = 0;
  while (after < points.length - before && after < length - before && points.at(-1 - after) === dot)
    after += 1;
  paint(
    input,
    text,
    text.replace(before, length - after, points.slice(before, points.length - after).join('')),
  );
};

/** Empties a field, kept or not, and wipes what was typed. */
export const emptyField = (input: HTMLInputElement | null): void => {
  if (input === null) return;
  kept.get(input)?.text.clear();
  write(input, '');
};

/** Shows the text in the element, or dots in its stead. */
export const showTyped = (input: HTMLInputElement, shown: boolean): void => {
  const field = kept.get(input);
  if (field === undefined || field.shown === shown) return;
  const { text } = field;
  if (!shown) takeOver(input, text);
  field.shown = shown;
  if (shown) write(input, text.show());
  else paint(input, text, text.length());
};

/** Begins to keep what is typed into a field; the returned function ends it and wipes it. */
export const keepTyped = (input: HTMLInputElement): (() => void) => {
  const field = { text: createSecretText(), shown: false };
  kept.set(input, field);
  const stop = new AbortController();
  const { signal } = stop;
  input.addEventListener('beforeinput', (event) => !field.shown && onBeforeInput(input, field.text, event), {
    signal,
  });
  input.addEventListener('input', (event) => !field.shown && onInput(input, field.text, event), { signal });
  input.addEventListener('compositionend', (event) => !field.shown && onInput(input, field.text, event), {
    signal,
  });
  return () => {
    stop.abort();
    field.text.clear();
    kept.delete(input);
  };
};
