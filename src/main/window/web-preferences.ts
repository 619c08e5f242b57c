// What every page of Keyturn may do: as little as Electron allows. Most of it is Electron's default by now; it is stated so
// that a change of defaults, or of a line elsewhere, cannot loosen it unseen.
import type { Session, WebPreferences } from 'electron';

/**
 * @param session the page's own session, already guarded
 * @param preload absolute path of the bridge
 * @param inspector whether the inspector may be opened; never in a packaged app
 */
export const safePreferences = (session: Session, preload: string, inspector: boolean): WebPreferences => ({
  session,
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  plugins: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  enableWebSQL: false,
  disableDialogs: true,
  devTools: inspector,
});
