// Which bytes of a shell's history are one entry, by each shell's own format; taking one out leaves all others as they were.
import { describe, expect, it } from 'vitest';
import {
  historyEntry,
  historyFormatOf,
  type HistoryFormat,
} from '../../../src/core/leaks/scrub/history-entry.ts';
import { replacementFor, withSpan } from '../../../src/core/leaks/scrub/replacement.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const without = (format: HistoryFormat, text: string, found: string): string => {
  const bytes = bytesOf(text);
  const start = text.indexOf(found);
  const span = historyEntry(format, bytes, { start, end: start + found.length });
  return textOf(withSpan(bytes, span, new Uint8Array(0)));
};

describe('the format of a history', () => {
  it.each([
    ['.zsh_history', 'zsh'],
    ['.histfile', 'zsh'],
    ['.bash_history', 'bash'],
    ['fish_history', 'fish'],
    ['ConsoleHost_history.txt', 'powershell'],
    ['.python_history', 'lines'],
    ['.psql_history', 'lines'],
    ['.rediscli_history', 'lines'],
  ])('is told by its name: %s', (name, format) => {
    expect(historyFormatOf(name)).toBe(format);
  });
});

describe('an entry of a history', () => {
  it('of zsh is its line with the time, and the lines that go on behind a backslash', () => {
    const before = ': 1700000000:0;ls\n';
    const after = ': 1700000009:0;echo done\n';
    const entry = ': 1700000005:3;curl \\\n  -H "X: VALUE" \\\n  https://localhost\n';
    expect(without('zsh', before + entry + after, 'VALUE')).toBe(before + after);
  });

  it('of zsh does not go on behind two backslashes', () => {
    expect(without('zsh', 'echo a\\\\\nexport K=VALUE\nls\n', 'VALUE')).toBe('echo a\\\\\nls\n');
  });

  it('of bash with times is everything from its time to the next', () => {
    const text = '#1700000000\nls\n#1700000005\ncat <<E\nK=VALUE\nE\n#1700000009\npwd\n';
    expect(without('bash', text, 'VALUE')).toBe('#1700000000\nls\n#1700000009\npwd\n');
  });

  it('of bash without times is its line', () => {
    expect(without('bash', 'ls\nexport K=VALUE\npwd\n', 'VALUE')).toBe('ls\npwd\n');
  });

  it('of fish is the command with when and where', () => {
    const text =
      '- cmd: ls\n  when: 1\n- cmd: set K VALUE\n  when: 2\n  paths:\n    - a\n- cmd: pwd\n  when: 3\n';
    expect(without('fish', text, 'VALUE')).toBe('- cmd: ls\n  when: 1\n- cmd: pwd\n  when: 3\n');
  });

  it('of PowerShell goes on behind a backtick', () => {
    expect(without('powershell', 'ls\n$k = `\n  "VALUE"\ndir\n', 'VALUE')).toBe('ls\ndir\n');
  });

  it('at the end of a file without a last line break is taken out as well', () => {
    expect(without('lines', 'a\nK=VALUE', 'VALUE')).toBe('a\n');
  });

  it('is both lines where a value stands over two of them', () => {
    expect(without('lines', 'a\nVAL\nUE\nb\n', 'VAL\nUE')).toBe('a\nb\n');
  });
});

describe('what stands in the place of a value', () => {
  it('leaves every byte around it as it was', () => {
    const bytes = Uint8Array.of(0xff, 0x41, 0x42, 0x43, 0xfe);
    const span = { start: 1, end: 4 };
    const next = withSpan(bytes, span, replacementFor('plain', bytes, span));
    expect([next[0], next.at(-1)]).toEqual([0xff, 0xfe]);
    expect(textOf(next.subarray(1, -1))).toBe('REMOVED_BY_KEYTURN');
  });

  it.each([false, true])(
    'is UTF-16 in the order of its place where the value was (big-endian: %s)',
    (bigEndian) => {
      const utf16 = Buffer.from('K=VALUE', 'utf16le');
      const bytes = Uint8Array.from(bigEndian ? utf16.swap16() : utf16);
      const span = { start: 4, end: bytes.length };
      const next = Buffer.from(withSpan(bytes, span, replacementFor('utf-16', bytes, span)));
      expect((bigEndian ? next.swap16() : next).toString('utf16le')).toBe('K=REMOVED_BY_KEYTURN');
    },
  );
});
