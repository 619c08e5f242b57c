// `export NAME='…'` for POSIX shells: sh, dash, bash, zsh, ksh. Single quotes carry every byte but NUL and the quote itself.
import { ok } from '../../model/result.ts';
import { byteOf } from '../byte-classes.ts';
import { ByteWriter } from '../byte-writer.ts';
import { carriesAnyText, hashComment, isPosixName } from '../export-format.ts';
import type { ExportFormatDefinition } from '../export-format.ts';

/** Variables that bash (or zsh or ksh) refuses to set or computes itself (bash(1), "Shell Variables"). */
const reserved = new Set([
  ...[
    '_',
    'BASHOPTS',
    'BASHPID',
    'BASH_ALIASES',
    'BASH_ARGC',
    'BASH_ARGV',
    'BASH_ARGV0',
    'BASH_CMDS',
    'BASH_COMMAND',
  ],
  ...['BASH_LINENO', 'BASH_SOURCE', 'BASH_SUBSHELL', 'BASH_VERSINFO', 'DIRSTACK', 'EGID', 'EPOCHREALTIME'],
  ...[
    'EPOCHSECONDS',
    'EUID',
    'FUNCNAME',
    'GID',
    'GROUPS',
    'HISTCMD',
    'LINENO',
    'OPTIND',
    'PPID',
    'RANDOM',
    'SECONDS',
  ],
  ...['SHELLOPTS', 'SRANDOM', 'UID'],
]);

export const shellFormat: ExportFormatDefinition = {
  isName: (name) => isPosixName(name) && !reserved.has(name),
  nameRule: 'Use letters, digits and _ only, no digit first, and no name that the shell keeps for itself.',
  ignoresCase: false,
  valueProblem: carriesAnyText,
  render: (entries, { comment }) => {
    const writer = new ByteWriter().text(hashComment(comment));
    for (const { name, value } of entries) {
      writer.text(`export ${name}='`);
      for (const byte of value) {
        if (byte === byteOf.singleQuote) writer.text("'\\''");
        else writer.byte(byte);
      }
      writer.text("'\n");
    }
    return ok(writer.take());
  },
};
