// Electron grants every permission by default. Keyturn's pages need none, so each of the four doors says no.

/** As much of Electron's Session as the guard touches. */
export type PermissionSession = {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(handler: (request: unknown, callback: (streams: null) => void) => void): void;
};

/** Denies every permission, device and screen capture on a session. */
export const denyPermissions = (session: PermissionSession, report: (permission: string) => void): void => {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    report(permission);
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    report('display-capture');
    callback(null);
  });
};
