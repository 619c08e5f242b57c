// Folders whose content leaves the machine by itself: a key there is on somebody else's disk as well. Judged by path alone, so that
// the answer is the same for a finding of last week; a marker file in a listing helps where a folder was renamed.
import { basesOf, type Platform } from './place.ts';

type Row = readonly [service: string, ...folders: readonly string[]];

/** Below the home folder; a `*` at the end stands for what a service adds, such as an account's name. */
const homeFolders: readonly Row[] = [
  ['Dropbox', 'Dropbox', 'Dropbox (*', 'Dropbox-*', 'Library/CloudStorage/Dropbox*'],
  ['OneDrive', 'OneDrive', 'OneDrive - *', 'OneDrive-*', 'Library/CloudStorage/OneDrive*'],
  ['iCloud Drive', 'Library/Mobile Documents', 'iCloudDrive', 'iCloud Drive'],
  [
    'Google Drive',
    'Google Drive',
    'GoogleDrive',
    'My Drive',
    'Google Drive (*',
    'Library/CloudStorage/GoogleDrive*',
    'Insync',
  ],
  ['Nextcloud', 'Nextcloud', 'Nextcloud*'],
  ['ownCloud', 'ownCloud', 'ownCloud*'],
  ['Syncthing', 'Sync', 'Syncthing'],
  ['Box', 'Box', 'Box Sync', 'Library/CloudStorage/Box*'],
  ['pCloud', 'pCloudDrive', 'pCloud Drive', 'pCloudSync'],
  ['MEGA', 'MEGA', 'MEGAsync', 'MEGAsync*'],
  ['Proton Drive', 'Proton Drive', 'ProtonDrive', 'Library/CloudStorage/ProtonDrive*'],
  ['Seafile', 'Seafile', 'SeaDrive'],
  ['Yandex Disk', 'Yandex.Disk', 'YandexDisk'],
  ['Resilio Sync', 'Resilio Sync'],
  ['Tresorit', 'Tresorit', 'Tresors'],
  ['Synology Drive', 'SynologyDrive', 'CloudStation'],
  ['SpiderOak', 'SpiderOak Hive'],
  ['Keybase', 'keybase'],
];

/** A file or folder that a service puts into the top folder it synchronises. In lower case. */
const markers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.stfolder': 'Syncthing',
    '.dropbox': 'Dropbox',
    '.dropbox.cache': 'Dropbox',
    '.owncloudsync.log': 'ownCloud',
    '.nextcloudsync.log': 'Nextcloud',
    '.tmp.drivedownload': 'Google Drive',
    '.tmp.driveupload': 'Google Drive',
    '.seafile-data': 'Seafile',
    '.megaignore': 'MEGA',
    '.synologyworkingdirectory': 'Synology Drive',
  }),
);

const normal = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/, '').toLowerCase();

const fits = (pattern: string, path: string): boolean => {
  if (!pattern.endsWith('*')) return path === pattern || path.startsWith(`${pattern}/`);
  return path.startsWith(pattern.slice(0, -1));
};

/**
 * The service that synchronises a path, such as `Dropbox`; null where none is known to.
 * @param more folders that the services' own settings name, or that hold a marker: path and service
 */
export const synchronisedBy = (
  path: string,
  platform: Platform,
  home: string,
  more: readonly { readonly folder: string; readonly service: string }[] = [],
): string | null => {
  const place = normal(path);
  const own = more.find(({ folder }) => fits(normal(folder), place));
  if (own !== undefined) return own.service;
  const base = `${normal(basesOf(platform, home)['~'])}/`;
  // Google Drive and others mount a drive of their own on Windows.
  if (platform === 'win32' && /^[a-z]:\/(my drive|shared drives)(\/|$)/.test(place)) return 'Google Drive';
  if (!place.startsWith(base)) return null;
  const below = place.slice(base.length);
  const row = homeFolders.find(([, ...folders]) => folders.some((folder) => fits(normal(folder), below)));
  return row === undefined ? null : row[0];
};

/** What the name of a folder's entry tells of the folder; null where it tells nothing. */
export const synchronisingMarker = (name: string): string | null => markers.get(name.toLowerCase()) ?? null;
