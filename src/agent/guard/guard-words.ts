// What the guard says, in plain words. Everything that comes from the repository was neutralised where it was read.
import { describePattern } from '../../core/leaks/patterns/patterns.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import type { GuardFinding } from '../../node/guard/guard-look.ts';
import type { GuardedHook } from '../../node/guard/hook-script.ts';

const mostLines = 20;

/** Names of keys by slot; empty where nobody unlocked could be asked. */
export type SlotNames = ReadonlyMap<number, string>;

const what = (finding: GuardFinding, names: SlotNames, catalogue: readonly ProviderDefinition[]): string => {
  if (finding.slot !== null) {
    const name = names.get(finding.slot);
    return name === undefined ? 'a key of your vault' : `your key “${name}”`;
  }
  const label = describePattern(catalogue, finding.pattern ?? '').label;
  return `looks like a key (${label}${finding.masked === '' ? '' : `, ${finding.masked}`})`;
};

const placesText = (
  findings: readonly GuardFinding[],
  names: SlotNames,
  catalogue: readonly ProviderDefinition[],
): readonly string[] => {
  const lines = findings
    .slice(0, mostLines)
    .map((finding) => `  ${finding.path}:${String(finding.line)}  ${what(finding, names, catalogue)}`);
  const rest = findings.length - mostLines;
  return rest > 0 ? [...lines, `  and ${String(rest)} more`] : lines;
};

type Words = { readonly begin: string; readonly mend: string; readonly again: string };

const words: Readonly<Record<GuardedHook, Words>> = {
  'pre-commit': {
    begin: 'Nothing was committed: what is staged holds a key.',
    mend: 'Take it out of the file, stage the file again (git add) and commit.',
    again: 'KEYTURN_ALLOW="why it may" git commit …',
  },
  'pre-push': {
    begin: 'Nothing was pushed: commits that would leave hold a key.',
    mend: 'Take it out of those commits (git rebase -i), or turn the key so that it means nothing.',
    again: 'KEYTURN_ALLOW="why it may" git push …',
  },
};

/** Why the hook stops, and what to do. */
export const stopText = (
  hook: GuardedHook,
  findings: readonly GuardFinding[],
  names: SlotNames,
  catalogue: readonly ProviderDefinition[],
): string => {
  const { begin, mend, again } = words[hook];
  return [
    `keyturn: ${begin}`,
    '',
    ...placesText(findings, names, catalogue),
    '',
    mend,
    'A key that was ever pushed or sent is known: turn it (keyturn rotate).',
    `To let this one through, say why: ${again}`,
  ].join('\n');
};

export const allowedText = (count: number, isNoted: boolean): string =>
  [
    `keyturn: ${count === 1 ? 'a key was' : `${String(count)} keys were`} let through, as you said.`,
    isNoted
      ? 'Your reason goes into the audit trail when the vault is next unlocked.'
      : 'Your reason could not be kept: look at the folder of the vault (keyturn doctor).',
  ].join(' ');

export const oldText = (findings: readonly GuardFinding[]): string =>
  `keyturn: ${findings[0]?.path ?? ''} held a key before this as well. It is in the history already: keyturn scan --history.`;

export const notReadText = (paths: readonly string[]): string =>
  `keyturn: not looked at: ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ` and ${String(paths.length - 5)} more` : ''}.`;
