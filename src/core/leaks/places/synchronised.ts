// Folders whose content leaves the machine by itself: a key there is on somebody else's disk as well. Told by the path, and by what services
// put into their top folders, which helps where one was renamed or lies elsewhere.
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

/** What a service puts into the top folder that it synchronises. */
export type SyncMarker = {
  readonly name: string;
  readonly service: string;
  /** Where the service has something of the same name elsewhere: `~/.dropbox` is a folder of settings, the mark is a file. */
  readonly is?: 'file' | 'folder';
};

export const syncMarkers: readonly SyncMarker[] = [
  { name: '.stfolder', service: 'Syncthing' },
  { name: '.dropbox', service: 'Dropbox', is: 'file' },
  { name: '.dropbox.cache', service: 'Dropbox', is: 'folder' },
  { name: '.owncloudsync.log', service: 'ownCloud', is: 'file' },
  { name: '.nextcloudsync.log', service: 'Nextcloud', is: 'file' },
  { name: '.tmp.drivedownload', service: 'Google Drive', is: 'folder' },
  { name: '.tmp.driveupload', service: 'Google Drive', is: 'folder' },
  { name: '.seafile-data', service: 'Seafile', is: 'folder' },
  { name: '.megaignore', service: 'MEGA', is: 'file' },
  { name: '.SynologyWorkingDirectory', service: 'Synology Drive', is: 'folder' },
];

const normal = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/, '').toLowerCase();

const fits = (pattern: string, path: string): boolean => {
  if (!pattern.endsWith('*')) return path === pattern || path.startsWith(`${pattern}/`);
  return path.startsWith(pattern.slice(0, -1));
};

/** The service that synchronises a path by its usual names, such as `Dropbox`; null where none is known to. */
export const synchronisedBy = (path: string, platform: Platform, home: string): string | null => {
  const place = normal(path);
  const base = `${normal(basesOf(platform, home)['~'])}/`;
  // Google Drive and others mount a drive of their own on Windows.
  if (platform === 'win32' && /^[a-z]:\/(my drive|shared drives)(\/|$)/.test(place)) return 'Google Drive';
  if (!place.startsWith(base)) return null;
  const below = place.slice(base.length);
  const row = homeFolders.find(([, ...folders]) => folders.some((folder) => fits(normal(folder), below)));
  return row === undefined ? null : row[0];
};
