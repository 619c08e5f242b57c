// `set -gx NAME '…'` for fish, where inside single quotes only `\'` and `\\` are escapes (fish documentation, "Quotes").
import { ok } from '../../model/result.ts';
import { byteOf } from '../byte-classes.ts';
import { ByteWriter } from '../byte-writer.ts';
import { carriesAnyText, hashComment, isPosixName } from '../export-format.ts';
import type { ExportFormatDefinition } from '../export-format.ts';

/** Variables that fish does not let a script set, or computes itself (fish documentation, "Special variables"). */
const reserved = new Set([
  '_',
  'fish_kill_signal',
  'fish_killring',
  'fish_pid',
  'history',
  'hostname',
  'pipestatus',
  'status',
  'status_generation',
  'umask',
  'version',
  'FISH_VERSION',
  'PWD',
  'SHLVL',
]);

export const fishFormat: ExportFormatDefinition = {
  isName: (name) => isPosixName(name) && !reserved.has(name),
  nameRule: 'Use letters, digits and _ only, no digit first, and no name that fish keeps for itself.',
  ignoresCase: false,
  valueProblem: carriesAnyText,
  render: (entries, { comment }) => {
    const writer = new ByteWriter().text(hashComment(comment));
    for (const { name, value } of entries) {
      writer.text(`set -gx ${name} '`);
      for (const byte of value) {
        if (byte === byteOf.singleQuote || byte === byteOf.backslash) writer.byte(byteOf.backslash);
        writer.byte(byte);
      }
      writer.text("'\n");
    }
    return ok(writer.take());
  },
};
