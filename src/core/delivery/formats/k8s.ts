// A Kubernetes Secret manifest with base64 `data`. Base64 hides nothing: the file is as secret as the others.
import { fail } from '../../model/app-error.ts';
import { ok } from '../../model/result.ts';
import type { Err } from '../../model/result.ts';
import { ByteWriter } from '../byte-writer.ts';
import { carriesAnyText, hashComment } from '../export-format.ts';
import type { ExportEntry, ExportFormatDefinition, ExportOptions } from '../export-format.ts';
import { writeBase64 } from './base64.ts';

/** DNS-1123 label and subdomain (kubernetes.io, "Object Names and IDs"). */
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const maxNameLength = 253;

/** Keys of `data` (kubernetes.io, "Secrets"); IsConfigMapKey refuses `.` and names that start with `..`. */
const keyPattern = /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/;

/** Kubernetes refuses Secrets whose data is larger. */
const maxDataBytes = 1024 * 1024;

const optionsProblem = ({ secretName, namespace }: ExportOptions): Err | null => {
  if (secretName === undefined || secretName.length > maxNameLength || !subdomainPattern.test(secretName))
    return fail(
      'bad-input',
      'A Kubernetes Secret needs a name that Kubernetes accepts.',
      'Use lower-case letters, digits, - and . only, at most 253 characters, with a letter or digit at both ends.',
      { field: 'secretName' },
    );
  if (namespace !== undefined && !labelPattern.test(namespace))
    return fail(
      'bad-input',
      'Kubernetes does not accept that namespace.',
      'Use lower-case letters, digits and - only, at most 63 characters, with a letter or digit at both ends.',
      { field: 'namespace' },
    );
  return null;
};

const writeData = (writer: ByteWriter, entries: readonly ExportEntry[]): void => {
  writer.text(entries.length === 0 ? 'data: {}\n' : 'data:\n');
  for (const { name, value } of entries) {
    // Both quoted: a key such as NO and base64 such as 12345678 would be no strings to YAML.
    writer.text(`  "${name}": "`);
    writeBase64(writer, value);
    writer.text('"\n');
  }
};

export const k8sFormat: ExportFormatDefinition = {
  isName: (name) => keyPattern.test(name),
  nameRule: 'Use letters, digits, -, _ and . only, at most 253 characters.',
  ignoresCase: false,
  valueProblem: carriesAnyText,
  render: (entries, options) => {
    const problem = optionsProblem(options);
    if (problem !== null) return problem;
    if (entries.reduce((sum, { value }) => sum + value.length, 0) > maxDataBytes)
      return fail(
        'bad-input',
        'Kubernetes takes at most 1 MiB in one Secret.',
        'Export fewer variables at a time.',
      );
    const writer = new ByteWriter().text(hashComment(options.comment));
    writer.text('apiVersion: v1\nkind: Secret\nmetadata:\n');
    writer.text(`  name: "${options.secretName ?? ''}"\n`);
    if (options.namespace !== undefined) writer.text(`  namespace: "${options.namespace}"\n`);
    writer.text('type: Opaque\n');
    writeData(writer, entries);
    return ok(writer.take());
  },
};
