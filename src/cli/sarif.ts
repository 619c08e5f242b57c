// Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read. One rule per pattern, one for the keys of the vault; no value.
import { pathToFileURL } from 'node:url';
import { encodingNames } from './encoding-names.ts';
import { whoseText, type Finding } from './scan-words.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
const knownRule = 'known-key';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** As code hosts sort them: a number from 0 to 10. */
const scores = { critical: '9.5', high: '8.0', medium: '5.0', low: '2.0' } as const;

const ruleOf = ({ keyId, pattern }: Finding): string => (keyId !== null ? knownRule : (pattern ?? 'generic'));

const ruleJson = (id: string, worst: Finding['severity']) => ({
  id,
  name: id === knownRule ? 'KeyOfTheVault' : 'UnknownKey',
  shortDescription: {
    text:
      id === knownRule ? 'A key of the vault was pasted here.' : `A value of the form ${id} was pasted here.`,
  },
  help: { text: 'Turn the key, then take it out of this place. Being deleted does not unleak it.' },
  properties: { 'security-severity': scores[worst], tags: ['security'] },
});

const locationOf = ({ place }: Finding) => ({
  physicalLocation: {
    artifactLocation: { uri: pathToFileURL(place.path).href },
    ...(place.line === null
      ? {}
      : {
          region: {
            startLine: Math.max(1, place.line),
            ...(place.column === null ? {} : { startColumn: Math.max(1, place.column) }),
          },
        }),
  },
  ...(place.inside === ''
    ? {}
    : { logicalLocations: [{ fullyQualifiedName: place.inside, kind: 'member' }] }),
});

const resultJson = (finding: Finding, ruleIndex: ReadonlyMap<string, number>) => {
  const ruleId = ruleOf(finding);
  return {
    ruleId,
    ruleIndex: ruleIndex.get(ruleId) ?? 0,
    level: levels[finding.severity],
    message: {
      text: `${whoseText(finding)} stands here ${encodingNames[finding.encoding]}. ${finding.why.join(' ')}`.trim(),
    },
    locations: [locationOf(finding)],
    // The mark that stays the same when lines move.
    partialFingerprints: { 'keyturnFinding/v1': finding.id },
    properties: {
      severity: finding.severity,
      masked: finding.masked,
      encoding: finding.encoding,
      place: finding.place.kind,
      ...(finding.place.commit === null ? {} : { commit: finding.place.commit }),
    },
  };
};

const order = ['critical', 'high', 'medium', 'low'] as const;

/** The whole document. @param version of Keyturn */
export const sarifOf = (findings: readonly Finding[], version: string) => {
  const rules = new Map<string, Finding['severity']>();
  for (const finding of findings) {
    const before = rules.get(ruleOf(finding));
    if (before === undefined || order.indexOf(finding.severity) < order.indexOf(before))
      rules.set(ruleOf(finding), finding.severity);
  }
  const ruleIndex = new Map([...rules.keys()].map((id, at) => [id, at]));
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'keyturn',
            version,
            rules: [...rules].map(([id, worst]) => ruleJson(id, worst)),
          },
        },
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => resultJson(finding, ruleIndex)),
      },
    ],
  };
};
