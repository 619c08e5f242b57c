// `docker run --env-file`: NAME=VALUE to the end of the line, no quoting, no escapes (docker/cli, pkg/kvfile). What that cannot
// carry is refused rather than changed.
import { ok } from '../../model/result.ts';
import { byteOf } from '../byte-classes.ts';
import { ByteWriter } from '../byte-writer.ts';
import { hashComment } from '../export-format.ts';
import type { ExportEntry, ExportFormatDefinition, ValueProblem } from '../export-format.ts';

/** bufio.MaxScanTokenSize: Docker refuses a file with a longer line, its line end counted. */
const maxLineBytes = 64 * 1024;

const namePattern = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

const useMount = 'Mount it as a file (a Docker secret or a volume) instead.';

const valueProblem = ({ name, value }: ExportEntry): ValueProblem | null => {
  if (value.includes(byteOf.lineFeed))
    return {
      why: 'has more than one line, and an env file of Docker has no way to write that',
      next: useMount,
    };
  if (value.at(-1) === byteOf.carriageReturn)
    return {
      why: 'ends with a carriage return, which Docker cuts off',
      next: 'Store it without the carriage return.',
    };
  if (name.length + 1 + value.length + 1 > maxLineBytes)
    return { why: 'is longer than the 64 KiB that Docker reads in one line', next: useMount };
  return null;
};

export const dockerFormat: ExportFormatDefinition = {
  isName: (name) => namePattern.test(name),
  nameRule: 'Use letters, digits, _, . and - only, and start with a letter or _.',
  ignoresCase: false,
  valueProblem,
  render: (entries, { comment }) => {
    const writer = new ByteWriter().text(hashComment(comment));
    for (const { name, value } of entries) writer.text(`${name}=`).bytes(value).text('\n');
    return ok(writer.take());
  },
};
