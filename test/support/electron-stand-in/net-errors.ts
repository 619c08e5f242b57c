// Chromium's network errors by the numbers that Electron reports (net/base/net_error_list.h).

const numbers: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_TUNNEL_CONNECTION_FAILED: -111,
  ERR_PROXY_CONNECTION_FAILED: -130,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_EMPTY_RESPONSE: -324,
};

export type LoadError = {
  readonly errorDescription: string;
  readonly errorCode: number;
  readonly url: string;
};

export const describeLoadError = (text: string, url: string): LoadError => {
  const errorDescription = text.replace(/^net::/, '');
  return { errorDescription, errorCode: numbers[errorDescription] ?? -2, url };
};

/** The error with which `loadURL` rejects. */
export const toRejection = ({ errorDescription, errorCode, url }: LoadError): Error =>
  Object.assign(new Error(`${errorDescription} (${String(errorCode)}) loading '${url}'`), {
    errno: errorCode,
    code: errorDescription,
    url,
  });
