// Calls that bring keys in from files and take environments out into files. The window never names a path: the shell asks
// the person with the system's own dialog and sends the path itself.
import * as v from 'valibot';
import { agentCall, shellCall } from '../call.ts';
import * as s from '../shapes.ts';
import { providerView } from '../key-shapes.ts';

const row = v.strictObject({
  index: s.count,
  line: s.count,
  /** Names of the variables that make up this row: a pair is one key. */
  names: v.array(v.string()),
  as: v.picklist(['key', 'variable', 'skip']),
  provider: v.nullable(providerView),
  kind: s.keyKind,
  masked: v.string(),
  reason: v.string(),
  warnings: v.array(s.warning),
});

export const importPreview = v.strictObject({
  previewId: s.id,
  file: v.string(),
  rows: v.array(row),
  /** Lines that could not be read, with the reason. */
  unread: v.array(v.strictObject({ line: s.count, reason: v.string() })),
});

const choice = v.strictObject({
  index: s.count,
  as: v.picklist(['key', 'variable', 'skip']),
  name: v.exactOptional(s.name),
});

const imported = v.strictObject({
  imported: s.count,
  keys: s.count,
  variables: s.count,
  skipped: v.array(v.strictObject({ name: v.string(), reason: v.string() })),
  warnings: v.array(s.warning),
});

const target = { projectId: s.id, environmentId: s.id } as const;
const written = v.strictObject({
  file: v.string(),
  variables: s.count,
  bytes: s.count,
  /** Given where a file was brought up to date: names whose value was changed in place, and names put at its end. */
  changed: v.exactOptional(v.array(v.string())),
  added: v.exactOptional(v.array(v.string())),
  /** Names of which an earlier, overridden line was left as it was: it may hold an old secret. */
  leftBehind: v.exactOptional(v.array(v.string())),
});
const fromOutside = ['shell', 'command-line'] as const;

export const transferCalls = {
  'import.previewPath': agentCall(v.strictObject({ path: s.path, ...target }), importPreview, {
    callers: fromOutside,
  }),
  'import.chooseFile': shellCall(v.strictObject(target), v.nullable(importPreview)),
  'import.apply': agentCall(
    v.strictObject({
      previewId: s.id,
      ...target,
      /** Rows not named keep what the preview proposed. */
      choices: v.pipe(v.array(choice), v.maxLength(s.limits.keys)),
    }),
    imported,
  ),
  'import.discard': agentCall(v.strictObject({ previewId: s.id }), s.nothing),

  'export.preview': agentCall(
    v.strictObject({ environmentId: s.id, format: s.exportFormat }),
    v.strictObject({
      variables: v.array(
        v.strictObject({ name: v.string(), masked: v.string(), secret: v.boolean(), from: v.string() }),
      ),
      /** Why it cannot be written in this format, if so. */
      problems: v.array(v.string()),
      movesMoney: s.count,
    }),
  ),
  'export.render': agentCall(
    v.strictObject({ environmentId: s.id, format: s.exportFormat }),
    v.strictObject({ bytes: s.bytes }),
    { returnsSecret: true, callers: ['command-line'] },
  ),
  'export.writePath': agentCall(
    v.strictObject({
      environmentId: s.id,
      format: s.exportFormat,
      path: s.path,
      overwrite: v.boolean(),
      allowGit: v.boolean(),
      /** Where a .env file is there: change only the values that differ and leave every other byte. `dotenv` only. */
      update: v.exactOptional(v.boolean()),
      /** Whether turns of its keys keep it up to date from then on: they do unless this says no. */
      track: v.exactOptional(v.boolean()),
    }),
    written,
    { callers: fromOutside },
  ),
  /** Asks where; refuses a git work tree unless the file is ignored there or `allowGit` is given. */
  'export.toFile': shellCall(
    v.strictObject({
      environmentId: s.id,
      format: s.exportFormat,
      allowGit: v.boolean(),
      update: v.exactOptional(v.boolean()),
      track: v.exactOptional(v.boolean()),
    }),
    v.nullable(written),
  ),
} as const;
