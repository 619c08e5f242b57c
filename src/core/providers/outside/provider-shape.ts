// The shape of one provider in a JSON document: provider.ts, asking.ts, format.ts and rotating.ts once more, as rules with
// bounds. The compiler refuses it when a type there gains an entry that is not named here.
import type { FormatInput, ProviderInput } from '../define-provider.ts';
import { alphabets, keyKinds } from '../format.ts';
import type {
  ApiBase,
  ClassRule,
  Fact,
  FieldDefinition,
  IpAllowlistRule,
  KeyClass,
  LifecycleNote,
  Limit,
  NearName,
  Portal,
  SettingDefinition,
} from '../provider.ts';
import type { RotationFacts, RotationStep } from '../rotating.ts';
import { authShape, checkShape } from './check-shape.ts';
import { boolean, either, integer, list, object, oneOf, optional, table, text } from './shape.ts';
import { address, day, freeWords, id, kinds, line, word, words } from './words.ts';

const part = either([
  { tell: 'literal', rule: object<{ literal: string }>({ literal: text(100, 1) }) },
  { tell: 'oneOf', rule: object<{ oneOf: unknown }>({ oneOf: list(text(100, 1), 30, 1) }) },
  {
    tell: 'alphabet',
    rule: object<{ alphabet: string; min: number; max: number }>({
      alphabet: oneOf(Object.keys(alphabets)),
      min: integer(1, 4_096),
      max: integer(1, 4_096),
    }),
  },
]);

const pattern = either([
  { tell: 'parts', rule: object<{ parts: unknown }>({ parts: list(part, 20, 1) }) },
  {
    tell: 'source',
    rule: object<{ source: string; anchors: unknown; maxLength: number; fills: unknown }>({
      source: text(1_000, 1),
      anchors: list(text(100, 1), 5),
      maxLength: integer(1, 4_096),
      fills: { optional: list(word('a field'), 10) },
    }),
  },
]);

const format = object<FormatInput>({
  id,
  kind: oneOf(keyKinds),
  label: line,
  match: oneOf(['prefix', 'shape']),
  pattern,
  field: { optional: word('a field') },
  sensitivity: { optional: oneOf(['secret', 'publishable', 'identifier']) },
  publicLength: { optional: integer(0, 200) },
  maskLength: { optional: integer(0, 200) },
  priority: { optional: integer(-100, 100) },
  rightBoundary: { optional: boolean },
  classId: { optional: id },
  note: { optional: words },
  document: { optional: boolean },
});

const field = object<FieldDefinition>({
  name: word('a name such as secret or teamId'),
  label: line,
  variable: text(64, 1),
  secret: boolean,
  required: boolean,
  help: { optional: words },
  labels: list(line, 30),
  shape: { optional: oneOf(['uuid', 'text']) },
  formats: { optional: list(id, 30, 1) },
  usual: { optional: line },
});

const expiry = either([
  { tell: 'rule', is: 'none', rule: object<{ rule: string }>({ rule: oneOf(['none']) }) },
  { tell: 'rule', is: 'unknown', rule: object<{ rule: string }>({ rule: oneOf(['unknown']) }) },
  {
    tell: 'rule',
    is: 'editable',
    rule: object<{ rule: string; required: boolean }>({ rule: oneOf(['editable']), required: boolean }),
  },
  {
    tell: 'rule',
    is: 'fixed-at-creation',
    rule: object<Extract<ProviderInput['expiry'], { rule: 'fixed-at-creation' }>>({
      rule: oneOf(['fixed-at-creation']),
      required: boolean,
      defaultMonths: { optional: integer(1, 1_200) },
      maxMonths: { optional: integer(1, 1_200) },
      prolong: words,
    }),
  },
]);

const rotation = object<RotationFacts>({
  mode: oneOf(['api', 'self', 'guided']),
  overlap: boolean,
  needs: freeWords,
  steps: list(
    object<RotationStep>({
      id: oneOf(['prepare', 'create', 'verify', 'distribute', 'test', 'confirm', 'revoke', 'prove']),
      text: words,
    }),
    20,
  ),
  typedConfirmation: { optional: line },
  withoutPortal: { optional: line },
});

const reveal = oneOf(['once', 'again', 'unknown']);
/** One provider as a document writes it. */
export const providerShape = object<ProviderInput>({
  id,
  name: line,
  domain: text(200, 3, { pattern: /^[A-Za-z0-9.-]+$/, words: 'a domain' }),
  category: oneOf(['saas', 'server', 'internal']),
  otherNames: optional(list(line, 20)),
  nearNames: optional(list(object<NearName>({ name: line, domain: line, difference: words }), 20)),
  formats: list(format, 30),
  fields: list(field, 20, 1),
  envNames: list(text(64, 1, { pattern: /^[A-Z][A-Z0-9_]*\*?$/, words: 'a variable or its beginning' }), 50),
  hosts: optional(list(line, 50)),
  portals: list(object<Portal>({ environment: line, kinds, url: address, path: freeWords }), 20),
  apiBases: optional(list(object<ApiBase>({ environment: line, kinds, url: address }), 20)),
  settings: optional(
    list(
      object<SettingDefinition>({
        name: word('a name such as region'),
        label: line,
        help: words,
        usual: optional(line),
        choices: optional(list(line, 100, 1)),
      }),
      20,
    ),
  ),
  selfHosted: optional(boolean),
  auth: authShape,
  managedBy: object<ProviderInput['managedBy']>({ create: words, revoke: words }),
  limits: optional(
    list(
      object<Limit>({
        max: integer(1, 1_000_000),
        per: oneOf(['environment', 'account', 'organisation', 'user', 'project']),
        approximate: boolean,
      }),
      10,
    ),
  ),
  requestLimit: optional(words),
  quotaPools: optional(table(/^(?:live|test|unknown)$/, line, 3)),
  reveal: optional(
    object<NonNullable<ProviderInput['reveal']>>({ live: reveal, test: reveal, unknown: reveal }),
  ),
  editable: optional(list(line, 20)),
  expiry: optional(expiry),
  classes: optional(
    list(
      object<KeyClass>({
        id,
        label: line,
        access: oneOf(['full', 'limited', 'read-only', 'unknown']),
      }),
      20,
    ),
  ),
  classRules: optional(list(object<ClassRule>({ createdBefore: day, classId: id, message: words }), 20)),
  ipAllowlist: optional(
    object<IpAllowlistRule>({ supported: boolean, warnWhenEmpty: list(oneOf(keyKinds), 3) }),
  ),
  movesMoney: object<ProviderInput['movesMoney']>({ value: boolean, why: freeWords }),
  lifecycle: optional(
    list(
      object<LifecycleNote>({
        state: oneOf(['issued-not-activated', 'revoked', 'deleted', 'owner-left', 'blocked']),
        text: words,
        who: words,
      }),
      20,
    ),
  ),
  check: checkShape,
  rotation,
  publishedSamples: optional(list(text(16, 16), 50)),
  facts: list(
    object<Fact>({
      id,
      text: words,
      source: text(500, 1),
      verifiedOn: day,
      uncertain: optional(boolean),
    }),
    100,
    1,
  ),
});
