// What an import preview says of a file before anything is imported. Types only. Rows point at the entries of the document,
// which goes on owning the values.
import type { DotenvDocument, DotenvEntry } from '../delivery/dotenv-document.ts';
import type { KeyKind } from '../model/key.ts';
import type { VariableClass } from '../providers/classify-variable.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import type { Recognition, RecogniseOptions } from '../providers/recognition.ts';

export type Treatment = 'key' | 'variable' | 'skip';

export const previewWarningCodes = [
  'duplicate',
  'interpolated',
  'malformed',
  'possible',
  'embedded',
  'missing-field',
  'value-known',
  'variable-taken',
  'unclosed-quote',
] as const;

export type PreviewWarning = {
  readonly code: (typeof previewWarningCodes)[number];
  /** Plain words; never holds a value. */
  readonly message: string;
};

export type PreviewRow = {
  /** The variable. Unique within a preview: of several entries the last one counts. */
  readonly name: string;
  /** 1-based line of the file. */
  readonly line: number;
  readonly treatedAs: Treatment;
  /** Provider id, where one was recognised. */
  readonly provider: string | null;
  readonly kind: KeyKind;
  /** Field of the key that the value fills; null for variables and skipped rows. */
  readonly field: string | null;
  /** The variable that leads the key this row belongs to; its own name where it leads. Null outside keys. */
  readonly leader: string | null;
  /** On a leader: the variables that fill the key's other fields. */
  readonly companions: readonly string[];
  /** What may be shown of the value. */
  readonly masked: string;
  /** Why it is treated so, in one sentence. */
  readonly reason: string;
  readonly warnings: readonly PreviewWarning[];
};

export type ImportPreview = {
  readonly document: DotenvDocument;
  /** In order of lines. */
  readonly rows: readonly PreviewRow[];
};

/** The judgements that the preview is made from; core/providers has them. */
export type PreviewJudge = {
  readonly providers: readonly ProviderDefinition[];
  readonly recognise: (text: string, options: RecogniseOptions) => Recognition;
  readonly classify: (name: string, value: string) => VariableClass;
  readonly mask: (provider: ProviderDefinition | undefined, field: string, value: string) => string;
};

/** What the target environment holds already. */
export type ExistingNames = {
  /** Variables that keys or plain variables of the environment already use. */
  readonly variables: ReadonlySet<string>;
  /** Name of a key that holds the same value, or null. The bytes are lent. */
  readonly holderOf: (value: Uint8Array) => string | null;
};

/** An entry with what was found out about it alone. */
export type JudgedEntry = {
  readonly entry: DotenvEntry;
  /** Null where the value is no text. */
  readonly text: string | null;
  readonly treatedAs: Treatment;
  readonly reason: string;
  readonly provider: string | null;
  readonly kind: KeyKind;
  readonly field: string | null;
  readonly warnings: readonly PreviewWarning[];
};
