// The window has no network. Three walls: every request but the app's own scheme is cancelled, the session's proxy leads
// nowhere, and WebRTC may not go round it. Network for the product belongs to the agent, never here.

type Request = { readonly url: string };
type Answer = { cancel: boolean };

/** As much of Electron's Session as the guard touches. */
export type NetworkSession = {
  readonly webRequest: {
    onBeforeRequest(listener: (request: Request, callback: (answer: Answer) => void) => void): void;
  };
  setProxy(config: { proxyRules: string; proxyBypassRules: string }): Promise<void>;
  setSpellCheckerEnabled(enabled: boolean): void;
};

export const deadProxy = 'http://127.0.0.1:9';

const allowedSchemes: readonly string[] = ['app:'];
/** The inspector's own pages, in a development build only. */
const inspectorSchemes: readonly string[] = ['devtools:'];

const schemeOf = (url: string): string => URL.parse(url)?.protocol ?? '';

/**
 * Whether a page may fetch this address.
 * @param inspector true in a development build, where the inspector loads its own pages
 */
export const mayLoad = (url: string, inspector: boolean): boolean => {
  const scheme = schemeOf(url);
  return allowedSchemes.includes(scheme) || (inspector && inspectorSchemes.includes(scheme));
};

/**
 * Cuts a session off.
 * @param report told the scheme of what was cancelled; never the address
 */
export const cutNetwork = async (
  session: NetworkSession,
  inspector: boolean,
  report: (scheme: string) => void,
): Promise<void> => {
  session.webRequest.onBeforeRequest((request, callback) => {
    const allowed = mayLoad(request.url, inspector);
    if (!allowed) report(schemeOf(request.url));
    callback({ cancel: !allowed });
  });
  // `<-loopback>` takes loopback out of the proxy's built-in exceptions: nothing on this machine is reached either.
  await session.setProxy({ proxyRules: deadProxy, proxyBypassRules: '<-loopback>' });
  // Off, not emptied: Chromium's spell checker would otherwise fetch a dictionary.
  session.setSpellCheckerEnabled(false);
};

/** WebRTC could open sockets beside the proxy. */
export const webRtcPolicy = 'disable_non_proxied_udp';
