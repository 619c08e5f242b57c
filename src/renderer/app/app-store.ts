// Where the window is: the app's state as the agent tells it, the place shown, the one dialog that is open.
// Never holds a secret, a password or a recovery code.
import { createStore } from 'zustand/vanilla';
import type { AppError } from '../../core/model/app-error.ts';
import type { AppState } from '../lib/types.ts';
import { call, onEvent } from '../lib/call.ts';

export type Place =
  | 'keys'
  | 'overview'
  | 'due'
  | 'turns'
  | 'leaks'
  | 'providers'
  | 'variables'
  | 'activity'
  | 'bin'
  | 'settings'
  | 'import'
  | 'export';

/** Longer paths that must be walked to their end although the vault is open already (a code to be written down). */
export type Flow = 'none' | 'first-run' | 'recovery';

export type Overlay =
  | { readonly type: 'palette' }
  | { readonly type: 'cheat-sheet' }
  | {
      readonly type: 'add';
      readonly paste: boolean;
      /** Read at the place of this finding. */ readonly findingId?: string;
    }
  | { readonly type: 'edit'; readonly keyId: string }
  | { readonly type: 'replace'; readonly keyId: string }
  | { readonly type: 'remove'; readonly keyId: string }
  | { readonly type: 'hand-over'; readonly keyId: string }
  | { readonly type: 'care'; readonly keyId: string }
  | { readonly type: 'turn'; readonly keyId: string; readonly leak: boolean; readonly foundAtMs?: number }
  | { readonly type: 'turn-care'; readonly keyId: string }
  | { readonly type: 'leaked'; readonly keyIds?: readonly string[]; readonly foundAtMs?: number }
  | { readonly type: 'accept-place'; readonly findingId: string }
  | { readonly type: 'scrub'; readonly findingId: string }
  | { readonly type: 'check-summary' }
  | { readonly type: 'calendar' }
  | { readonly type: 'new-project' }
  | { readonly type: 'project'; readonly projectId: string };

export type AppStore = {
  readonly state: AppState | null;
  readonly error: AppError | null;
  readonly place: Place;
  readonly flow: Flow;
  readonly overlay: Overlay | null;
};

export const appStore = createStore<AppStore>()(() => ({
  state: null,
  error: null,
  place: 'keys',
  flow: 'none',
  overlay: null,
}));

export const goTo = (place: Place): void => appStore.setState({ place, overlay: null });
export const openOverlay = (overlay: Overlay): void => appStore.setState({ overlay });
export const closeOverlay = (): void => appStore.setState({ overlay: null });
/** Closes the overlay that is open now, once something is done, unless another has taken its place. */
export const closerOfOverlay = (): (() => void) => {
  const { overlay } = appStore.getState();
  return () => {
    if (appStore.getState().overlay === overlay) closeOverlay();
  };
};
export const setFlow = (flow: Flow): void => appStore.setState({ flow });

const receive = (state: AppState): void => {
  const leaves = state.vault !== 'unlocked';
  appStore.setState({ state, error: null, ...(leaves ? { place: 'keys', overlay: null } : {}) });
};

/** Asks where things stand; also after a failure that a person wants to try again. */
export const readState = async (): Promise<void> => {
  const result = await call('state.read', {});
  if (result.ok) receive(result.value);
  else appStore.setState({ error: result.error });
};

/** Listens from the start of the window to its end. */
export const startAppStore = (): void => {
  onEvent('state.changed', receive);
  onEvent('settings.changed', (settings) => {
    const { state } = appStore.getState();
    if (state !== null) appStore.setState({ state: { ...state, settings } });
  });
  void readState();
};

export const lockVault = (): void => {
  void call('vault.lock', {}).then(async (result) => {
    if (result.ok) await readState();
  });
};
