// What to put beside a secret so that clipboard managers and cloud clipboards leave it alone. Sources: nspasteboard.org
// (macOS), Microsoft's "Clipboard formats" (Windows), the "Secret Clipboard Data" page of CopyQ (KDE's hint, Linux).

const raw = (format: string): string => `electron application/osclipboard;format="${format}"`;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
/** A DWORD of 0: "no". */
const no = new Uint8Array(4);

type Formats = Readonly<Record<string, Uint8Array>>;

const byPlatform: Readonly<Record<string, Formats>> = {
  darwin: {
    [raw('org.nspasteboard.ConcealedType')]: text('1'),
    [raw('org.nspasteboard.TransientType')]: text('1'),
  },
  win32: {
    [raw('ExcludeClipboardContentFromMonitorProcessing')]: no,
    [raw('CanIncludeInClipboardHistory')]: no,
    [raw('CanUploadToCloudClipboard')]: no,
  },
  linux: { [raw('x-kde-passwordManagerHint')]: text('secret') },
};

/** Formats that accompany a copied secret on a platform, by Electron's name for them. */
export const concealmentFormats = (platform: string): Formats => byPlatform[platform] ?? {};
