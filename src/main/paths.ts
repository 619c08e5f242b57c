// Where the build puts what the shell needs, seen from the built shell (out/main/index.js).
import { join } from 'node:path';

const built = import.meta.dirname;

export const paths = {
  agent: join(built, 'agent.js'),
  scanner: join(built, 'scanner.js'),
  vaultPreload: join(built, '../preload/index.cjs'),
  aboutPreload: join(built, '../preload/about.cjs'),
  pages: join(built, '../renderer'),
  licences: join(built, '../licences.json'),
  icon: join(built, '../../resources/icon.png'),
  trayIcon: join(built, '../../resources', process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
} as const;
