// What every export format declares: which names and values it can carry, and how it writes them. Formats are files of their
// own in formats/; export-formats.ts is their list. Values stay bytes, so that callers can wipe them.
import type { Result } from '../model/result.ts';

export type ExportEntry = {
  readonly name: string;
  /** UTF-8. */
  readonly value: Uint8Array;
};

export type ExportOptions = {
  /** Lines for the head of the file, without comment signs; no secrets. Ignored by `json`, which has no comments. */
  readonly comment?: string;
  /** `metadata.name` of the Secret, for `k8s`; needed there. */
  readonly secretName?: string;
  /** `metadata.namespace` of the Secret, for `k8s`. */
  readonly namespace?: string;
};

/** Why a value cannot be written, as the end of "The value of NAME …"; and what to do. */
export type ValueProblem = { readonly why: string; readonly next: string };

export type ExportFormatDefinition = {
  /** Names that the format's readers accept. */
  readonly isName: (name: string) => boolean;
  /** What {@link ExportFormatDefinition.isName} asks for, in words. */
  readonly nameRule: string;
  /** Whether names that differ by case alone are one variable to the readers. */
  readonly ignoresCase: boolean;
  /** What keeps the value from being written, or null. NUL and invalid UTF-8 are refused before this is asked. */
  readonly valueProblem: (entry: ExportEntry) => ValueProblem | null;
  /** Writes checked entries. */
  readonly render: (entries: readonly ExportEntry[], options: ExportOptions) => Result<Uint8Array>;
};

const posixName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of environment variables by POSIX.1-2024 §8.1, lower-case letters allowed. */
export const isPosixName = (name: string): boolean => posixName.test(name);

export const posixNameRule = 'Use letters, digits and _ only, and no digit first.';

/** For formats that can carry any text. */
export const carriesAnyText = (): null => null;

/** The comment as lines that start with `# `, or nothing. */
export const hashComment = (comment: string | undefined): string =>
  comment === undefined
    ? ''
    : `${comment
        .split('\n')
        .map((line) => `# ${line}`.trimEnd())
        .join('\n')}\n`;
