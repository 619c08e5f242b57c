// Warnings that come from the values of a key: the same one twice, of the wrong form, nobody's, another provider's.
import { nearNameIn } from '../providers/catalogue.ts';
import type { FieldDefinition } from '../providers/provider.ts';
import { coveredFields } from '../providers/take-apart.ts';
import type { Warning, WarningContext, WarningPeer, WarningRule } from './warning.ts';

const secretFingerprints = (fields: WarningPeer['fields']): readonly string[] =>
  fields.flatMap((field) => (field.secret && field.fingerprint !== undefined ? [field.fingerprint] : []));

/** Other keys that hold one of this key's secret values. A shared team id is no matter. */
const keysWithSameValue = ({ subject, peers }: WarningContext): readonly WarningPeer[] => {
  if (peers.length === 0) return peers;
  const own = new Set(secretFingerprints(subject.fields));
  return peers.filter(
    (peer) => peer.id !== subject.id && secretFingerprints(peer.fields).some((print) => own.has(print)),
  );
};

const names = (entries: readonly { readonly name: string }[]): string =>
  entries.map((entry) => `"${entry.name}"`).join(', ');

const sharesEnvironment = (context: WarningContext, peer: WarningPeer): boolean =>
  peer.environments.some((environment) =>
    context.subject.environments.some((own) => own.id === environment.id),
  );

const sameValue: WarningRule = (context) => {
  const same = keysWithSameValue(context);
  if (same.length === 0) return [];
  return [
    {
      code: 'same-value',
      severity: 'warning',
      message: `The same value is already kept as ${names(same)}.`,
      next: 'Keep it once, and give the one key to every environment that needs it, or paste the value you meant.',
      keyIds: same.map((peer) => peer.id),
    },
  ];
};

const twoEnvironments: WarningRule = (context) => {
  const { subject } = context;
  const elsewhere = keysWithSameValue(context).filter((peer) => !sharesEnvironment(context, peer));
  const all = new Map(
    [subject, ...elsewhere].flatMap((key) =>
      key.environments.map((entry) => [entry.id, entry.name] as const),
    ),
  );
  if (all.size < 2) return [];
  return [
    {
      code: 'one-value-two-environments',
      severity: 'warning',
      message: `One value serves ${all.size} environments: ${[...all.values()].join(', ')}.`,
      next: 'Create one key for each environment, so that each can be revoked without the others.',
      keyIds: elsewhere.map((peer) => peer.id),
    },
  ];
};

const malformed: WarningRule = ({ subject }) =>
  subject.fields.flatMap((field) =>
    (field.malformed ?? []).map((problem): Warning => {
      const label =
        subject.definition?.fields.find((entry) => entry.name === field.name)?.label ?? field.name;
      const placeholder = problem.code === 'placeholder';
      return {
        code: placeholder ? 'placeholder-value' : 'malformed-value',
        severity: 'warning',
        message: `${label}: ${problem.message}`,
        next: placeholder
          ? 'Copy the real value from the portal.'
          : 'Copy the value from the portal again and compare it before you save.',
        field: field.name,
      };
    }),
  );

const publishedSample: WarningRule = ({ subject }) =>
  subject.publishedSample
    ? [
        {
          code: 'published-sample',
          severity: 'warning',
          message: `This is the example from the documentation of ${subject.definition?.name ?? 'the provider'}: nobody's key.`,
          next: 'Copy your own key from the portal.',
        },
      ]
    : [];

const otherProvider: WarningRule = ({ subject }) =>
  subject.recognisedAs === undefined || subject.recognisedAs === subject.provider
    ? []
    : [
        {
          code: 'other-provider',
          severity: 'warning',
          message: `The value has the form of a key of ${subject.recognisedAs}, not of ${subject.definition?.domain ?? 'the chosen provider'}.`,
          next: 'Choose the provider that the key came from.',
        },
      ];

const nearName: WarningRule = ({ subject }) => {
  const { definition } = subject;
  if (!definition) return [];
  const near = nearNameIn(definition, [subject.name, ...(subject.variables ?? [])].join(' '));
  if (!near) return [];
  return [
    {
      code: 'near-name-provider',
      severity: 'warning',
      message: `You chose ${definition.name} (${definition.domain}), but the name speaks of ${near.name} (${near.domain}): ${near.difference}.`,
      next: 'Look at the domain of the portal that the key came from, and choose that provider.',
    },
  ];
};

/** A field of some formats is missing where another one is there that only the same formats have. */
const isMeant = (
  field: FieldDefinition,
  fields: readonly FieldDefinition[],
  there: ReadonlySet<string>,
): boolean => {
  const { formats } = field;
  if (formats === undefined) return true;
  return fields.some(
    (other) => there.has(other.name) && other.formats?.every((id) => formats.includes(id)) === true,
  );
};

const missingField: WarningRule = ({ subject }) => {
  const { definition } = subject;
  if (definition === undefined) return [];
  const filled = subject.fields
    .filter(({ fingerprint }) => fingerprint !== undefined)
    .map(({ name }) => name);
  const there = coveredFields(definition, filled);
  return definition.fields
    .filter((field) => field.required && !there.has(field.name) && isMeant(field, definition.fields, there))
    .map((field) => ({
      code: 'missing-field',
      severity: 'warning',
      message: `${field.label} is missing: without it ${definition.name} refuses every request.`,
      next: field.help ?? `Add ${field.label} from the portal.`,
      field: field.name,
    }));
};

export const valueWarnings: readonly WarningRule[] = [
  sameValue,
  twoEnvironments,
  malformed,
  publishedSample,
  otherProvider,
  nearName,
  missingField,
];
