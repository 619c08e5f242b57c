// Keys of the whole window. Single letters never fire while somebody types, or while a dialog or a menu is open; what
// stands on a focused button (Space, Enter) stays the button's.
import { checkAll, checkKey } from '../features/checks/check-store.ts';
import { undoLast } from '../ui/toast.tsx';
import { copyKey } from '../features/keys/actions.ts';
import { answerQuestion, copyQuestionStore, withdrawQuestion } from '../features/keys/copy-question.ts';
import { focusList } from '../features/keys/find-field.tsx';
import { spaceBar } from '../features/keys/secret-cell.ts';
import { focusLeakFind, focusLeakList, turnFound } from '../features/leaks/leak-keys.ts';
import { openLeaks } from '../features/leaks/leaks-store.ts';
import { providersStore, showProvider } from '../features/providers/providers-store.ts';
import { keysStore, setQuery } from '../features/keys/store.ts';
import { openTurns, showTurn, turnKey, turnsStore } from '../features/turns/turns-store.ts';
import { appStore, closeOverlay, goTo, lockVault, openOverlay, type Overlay } from './app-store.ts';
import { goFind } from './go-find.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select'));

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a[href], [role="menuitem"], [role="option"]') !== null;

const popupIsOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

const withKey = (act: (keyId: string) => void) => (): void => {
  const { keyId } = keysStore.getState();
  if (appStore.getState().place === 'keys' && keyId !== null) act(keyId);
};

const turnChosen = withKey((keyId) => turnKey(keyId));

/** In the place of pasted keys the text that is sought is among the places. */
const find = (): void => {
  if (appStore.getState().place === 'leaks' && focusLeakFind()) return;
  goFind();
};

const overlayFor = (type: 'edit' | 'remove' | 'care') => withKey((keyId) => openOverlay({ type, keyId }));

const letters: Readonly<Record<string, () => void>> = {
  c: withKey((keyId) => void copyKey(keyId)),
  k: withKey((keyId) => void checkKey(keyId)),
  'shift k': () => void checkAll(),
  r: () => (appStore.getState().place === 'leaks' ? turnFound() : turnChosen()),
  t: () => openTurns(),
  l: () => openLeaks(),
  e: overlayFor('edit'),
  w: overlayFor('care'),
  delete: overlayFor('remove'),
  '/': find,
  n: () => openOverlay({ type: 'add', paste: false }),
  o: () => goTo('overview'),
  d: () => goTo('due'),
  p: () => goTo('providers'),
  i: () => goTo('import'),
  x: () => goTo('export'),
  '?': () => openOverlay({ type: 'cheat-sheet' }),
};

const toggle = (overlay: Overlay): void => {
  if (appStore.getState().overlay?.type === overlay.type) closeOverlay();
  else openOverlay(overlay);
};

const chords: Readonly<Record<string, () => void>> = {
  k: () => toggle({ type: 'palette' }),
  l: lockVault,
  f: goFind,
  ',': () => goTo('settings'),
};

const isFree = (event: KeyboardEvent): boolean => !isTyping(event.target) && !popupIsOpen();

const pressLetter = (event: KeyboardEvent): void => {
  const name =
    event.key.length === 1 ? event.key.toLowerCase() : event.key === 'Delete' ? 'delete' : event.key;
  // A letter with Shift is its own shortcut where there is one: ⇧K is more than K.
  const act = (event.shiftKey ? letters[`shift ${name}`] : undefined) ?? letters[name];
  if (act === undefined) return;
  event.preventDefault();
  act();
};

const pressEscape = (): void => {
  const { place } = appStore.getState();
  if (place === 'keys') {
    if (keysStore.getState().query !== '') setQuery('');
    return;
  }
  if (place === 'providers' && providersStore.getState().providerId !== null) {
    showProvider(null);
    return;
  }
  if (place === 'turns' && turnsStore.getState().turnId !== null) {
    showTurn(null);
    return;
  }
  goTo('keys');
  requestAnimationFrame(focusList);
};

const pressChord = (event: KeyboardEvent): void => {
  if (event.altKey || event.shiftKey) return;
  const name = event.key.toLowerCase();
  if (name === 'z' && isFree(event) && undoLast()) event.preventDefault();
  const act = chords[name];
  if (act === undefined) return;
  event.preventDefault();
  act();
};

const pressSpace = (event: KeyboardEvent): void => {
  if (isPressable(event.target) || spaceBar.cell === null) return;
  event.preventDefault();
  if (!event.repeat) spaceBar.cell.hold();
};

/** These lead into the list from where nothing has the focus. */
const listKeys: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp']);

const enterList = (event: KeyboardEvent): void => {
  const { place } = appStore.getState();
  if (event.target !== document.body) return;
  if (place === 'keys') focusList();
  else if (place !== 'leaks' || !focusLeakList()) return;
  event.preventDefault();
};

const pressPlain = (event: KeyboardEvent): void => {
  if (event.key === 'Escape') pressEscape();
  else if (event.key === ' ') pressSpace(event);
  else if (listKeys.has(event.key)) enterList(event);
  else if (!event.repeat) pressLetter(event);
};

const onKeyDown = (event: KeyboardEvent): void => {
  const { state, flow } = appStore.getState();
  if (state?.vault !== 'unlocked' || flow !== 'none') return;
  if (event.ctrlKey || event.metaKey) pressChord(event);
  else if (!event.altKey && !event.defaultPrevented && isFree(event)) pressPlain(event);
};

/** Before anything else: Enter and Escape are the answer to a question that stands, but on a button that has the focus. */
const onAnswer = (event: KeyboardEvent): void => {
  const isOther = event.key !== 'Escape' && (event.key !== 'Enter' || isPressable(event.target));
  if (copyQuestionStore.getState().asked === null || isOther || !isFree(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === 'Escape') withdrawQuestion();
  else if (!event.repeat) void answerQuestion();
};

const onKeyUp = (event: KeyboardEvent): void => {
  if (event.key === ' ' && !isPressable(event.target) && !isTyping(event.target)) spaceBar.cell?.release();
};

/** A paste outside every field adds a key. The window does not look at the text: the shell reads the clipboard itself. */
const onPaste = (event: ClipboardEvent): void => {
  const { state, flow } = appStore.getState();
  if (state?.vault !== 'unlocked' || flow !== 'none' || isTyping(event.target) || popupIsOpen()) return;
  event.preventDefault();
  openOverlay({ type: 'add', paste: true });
};

export const startShortcuts = (): void => {
  window.addEventListener('keydown', onAnswer, true);
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', () => spaceBar.cell?.release());
  document.addEventListener('paste', onPaste);
};
