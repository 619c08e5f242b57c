// Logs, terminals, crash reports, the waste bin and other places where text ends up that nobody put there on purpose.
import { placesOf, type WellKnownPlace } from './place.ts';

export const logPlaces: readonly WellKnownPlace[] = [
  ...placesOf('npm', [
    ['~/.npm/_logs/', 'log'],
    ['{data}/npm-cache/_logs/', 'log'],
    ['~/AppData/Local/npm-cache/_logs/', 'log'],
    ['**/npm-debug.log', 'log'],
  ]),
  ...placesOf('pnpm and Yarn', [
    ['**/pnpm-debug.log', 'log'],
    ['**/yarn-error.log', 'log'],
    ['**/lerna-debug.log', 'log'],
  ]),
  ...placesOf('Google Cloud', [['{config}/gcloud/logs/', 'log']]),
  ...placesOf('Azure', [['~/.azure/commands/', 'log']]),
  ...placesOf('Firebase', [['**/firebase-debug.log', 'log']]),
  ...placesOf('Wrangler', [
    ['{config}/.wrangler/logs/', 'log'],
    ['~/Library/Preferences/.wrangler/logs/', 'log'],
  ]),
  ...placesOf('Terraform', [['**/crash.log', 'log']]),
  ...placesOf('Jupyter', [['{data}/jupyter/runtime/', 'log']]),
  ...placesOf('nohup', [['**/nohup.out', 'log']]),
  ...placesOf('pm2', [['~/.pm2/', 'log']]),
  ...placesOf('Docker Desktop', [
    ['{data}/Docker/log/', 'log'],
    ['~/Library/Containers/com.docker.docker/Data/log/', 'log'],
  ]),
  ...placesOf('the desktop session', [
    ['~/.xsession-errors', 'log'],
    ['~/.xsession-errors.old', 'log'],
    ['~/.local/share/xorg/', 'log'],
    ['~/Library/Logs/', 'log'],
  ]),
  ...placesOf('Windows Terminal', [
    ['{data}/Packages/Microsoft.WindowsTerminal_8wekyb3d8bbwe/LocalState/', 'terminal'],
  ]),
  ...placesOf('the system', [
    ['/var/log/', 'log'],
    ['/Library/Logs/', 'log'],
    ['/var/crash/', 'log'],
    ['/var/lib/apport/coredump/', 'log'],
    ['{data}/CrashDumps/', 'log'],
  ]),
  ...placesOf('tmux', [
    ['~/.tmux/resurrect/', 'terminal'],
    ['{data}/tmux/resurrect/', 'terminal'],
  ]),
  ...placesOf('GNU screen', [['**/screenlog.0', 'terminal']]),
  ...placesOf('script', [['**/typescript', 'terminal']]),
  ...placesOf('asciinema', [
    ['{data}/asciinema/', 'terminal'],
    ['{config}/asciinema/', 'terminal'],
  ]),
  ...placesOf('iTerm2', [['~/Library/Application Support/iTerm2/SavedState/', 'terminal']]),
  ...placesOf('Terminal', [['~/Library/Saved Application State/com.apple.Terminal.savedState/', 'terminal']]),
  ...placesOf('a clipboard manager', [
    ['{data}/clipman.json', 'clipboard'],
    ['{cache}/cliphist/', 'clipboard'],
    ['{data}/copyq/', 'clipboard'],
    ['{config}/copyq/', 'clipboard'],
    ['{data}/klipper/', 'clipboard'],
    ['{cache}/clipboard-indicator@tudmotu.com/', 'clipboard'],
    ['{data}/gpaste/', 'clipboard'],
    ['{cache}/xfce4/clipman/', 'clipboard'],
    ['~/Library/Containers/org.p0deje.Maccy/Data/Library/Application Support/Maccy/', 'clipboard'],
    ['{apps}/Ditto/', 'clipboard'],
  ]),
  ...placesOf('the waste bin', [
    ['{data}/Trash/', 'backup'],
    ['~/.Trash/', 'backup'],
  ]),
  ...placesOf('notes', [
    ['{apps}/obsidian/', 'editor-history'],
    ['**/.obsidian/', 'editor-history'],
    ['{data}/gnote/', 'document'],
    ['{data}/tomboy/', 'document'],
    ['{apps}/Joplin/', 'database'],
    ['{config}/joplin-desktop/', 'database'],
    ['{data}/sticky/', 'document'],
    ['~/Library/Group Containers/group.com.apple.notes/', 'database'],
    ['{data}/Packages/Microsoft.MicrosoftStickyNotes_8wekyb3d8bbwe/LocalState/', 'database'],
  ]),
];
