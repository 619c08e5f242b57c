// A session of its own for each kind of window, in memory only: no cookie, cache or storage outlives the app. All guards of
// src/main/security are put on here, in one place, before any page exists.
import { readdir, readFile } from 'node:fs/promises';
import { session, type Session } from 'electron';
import type { Log } from '../log.ts';
import { cutNetwork } from '../security/network.ts';
import { denyPermissions } from '../security/permissions.ts';
import { buildManifest, scheme, serveApp, type Manifest } from '../security/protocol.ts';

const readFolder = async (root: string): Promise<readonly string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .map((path) => path.slice(root.replaceAll('\\', '/').length + 1));
};

/** The list of the built pages, read once at start. */
export const readManifest = async (root: string): Promise<Manifest> =>
  buildManifest(root, await readFolder(root));

export type GuardOptions = { readonly inspector: boolean; readonly log: Log };

const guarded = new WeakMap<Session, Promise<void>>();

const putGuardsOn = async (own: Session, { inspector, log }: GuardOptions): Promise<void> => {
  denyPermissions(own, (permission) => {
    log('warn', 'permission.refused', { permission });
  });
  own.on('will-download', (event) => {
    event.preventDefault();
    log('warn', 'download.refused');
  });
  await cutNetwork(own, inspector, (cancelled) => {
    log(inspector ? 'error' : 'warn', 'request.cancelled', { scheme: cancelled });
  });
};

/** Puts the guards on a session, once: on ours, and on any other that Electron makes by itself. */
export const guardSession = (own: Session, options: GuardOptions): Promise<void> => {
  const done = guarded.get(own) ?? putGuardsOn(own, options);
  guarded.set(own, done);
  return done;
};

/**
 * Makes a session that serves the app's pages under one host and lets nothing else through.
 * @param partition name without `persist:`: in memory
 */
export const guardedSession = async (
  partition: string,
  host: string,
  manifest: Manifest,
  options: GuardOptions,
): Promise<Session> => {
  const own = session.fromPartition(partition, { cache: false });
  if (!own.protocol.isProtocolHandled(scheme)) {
    own.protocol.handle(
      scheme,
      serveApp(host, manifest, async (path) => new Uint8Array(await readFile(path))),
    );
  }
  await guardSession(own, options);
  return own;
};
