// Calls about the vault as a whole: its state, its password, its copies.
import * as v from 'valibot';
import { agentCall, innerCall, openCall, shellCall } from '../call.ts';
import * as s from '../shapes.ts';
import { auditEntry } from '../key-shapes.ts';

const hour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23));

export const settingsShape = v.strictObject({
  theme: v.picklist(['system', 'light', 'dark']),
  lockAfterMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_440)),
  lockOnSystemLock: v.boolean(),
  lockOnSleep: v.boolean(),
  clipboardSeconds: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(600)),
  rowHeight: v.picklist(['normal', 'compact']),
  commandLineAccess: v.boolean(),
  hideFromCapture: v.boolean(),
  quickUnlockHours: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24)),
  offline: v.boolean(),
  scheduledChecks: v.boolean(),
  reminders: v.boolean(),
  quietHours: v.strictObject({ from: hour, to: hour }),
  calendarFile: v.nullable(v.strictObject({ path: s.path, withNames: v.boolean() })),
});

/** A file is named by the shell's dialog and by the command line alone: here a calendar can only be given up. */
const settingsChange = v.partial(v.strictObject({ ...settingsShape.entries, calendarFile: v.null() }));

/** `unreadable`: something stands where the vault should be and `problem` says what. */
export const appState = v.strictObject({
  vault: v.picklist(['missing', 'locked', 'unlocked', 'unreadable']),
  problem: v.nullable(s.errorShape),
  file: v.string(),
  keys: s.count,
  environments: s.count,
  /** Records that did not authenticate; the rest is readable. */
  damaged: s.count,
  /** When the idle lock will fall if nothing happens; null where off or locked. */
  locksAtMs: v.nullable(s.timeMs),
  /** After wrong passwords: no further try before this. */
  retryAtMs: v.nullable(s.timeMs),
  /** An agent that `keyturn unlock` started without the app; the app's own takes its place. */
  background: v.boolean(),
  /** The vault of invented keys that `--demo` opens. */
  demo: v.boolean(),
  settings: settingsShape,
});

const strength = v.strictObject({
  /** zxcvbn's 0 to 4. */
  score: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4)),
  /** Words for the time an offline guesser would need at this vault's cost. */
  guessTime: v.string(),
  warning: v.string(),
  suggestions: v.array(v.string()),
});

/** With `sealTo` in the call the code comes in `sealed` alone. */
const recovery = v.strictObject({ recoveryCode: v.string(), sealed: v.exactOptional(s.bytes) });
const sealTo = v.exactOptional(s.sealTo);
const check = v.strictObject({ name: v.string(), ok: v.boolean(), hint: v.string() });
const written = v.strictObject({ file: v.string(), keys: s.count, bytes: s.count });

export const vaultCalls = {
  'state.read': openCall(s.empty, appState),
  /** Tells the agent that a person is there: puts the idle lock off. */
  'state.touch': openCall(s.empty, s.nothing, { callers: ['window', 'shell'] }),
  'settings.read': openCall(s.empty, settingsShape),
  'settings.change': openCall(settingsChange, settingsShape),
  /** The agent's end of the sealed passage: bytes sealed for it cross the shell unread. */
  'passage.key': openCall(s.empty, v.strictObject({ key: s.bytes }), { callers: ['window', 'shell'] }),
  'vault.create': openCall(v.strictObject({ password: s.password, sealTo }), recovery, {
    returnsSecret: true,
  }),
  'vault.unlock': openCall(v.strictObject({ password: s.password }), s.nothing),
  /** The way back with the recovery code: sets a new password and gives a new code. */
  'vault.recover': openCall(v.strictObject({ code: s.password, password: s.password, sealTo }), recovery, {
    returnsSecret: true,
  }),
  /** Wipes and, in the app, ends the agent process. */
  'vault.lock': openCall(s.empty, s.nothing),
  'password.strength': openCall(v.strictObject({ password: s.secretBytes }), strength),
  'password.change': agentCall(v.strictObject({ current: s.password, next: s.password }), s.nothing),
  /** Makes a new recovery code; the old one stops working. The password is asked again. */
  'recovery.renew': agentCall(v.strictObject({ password: s.password, sealTo }), recovery, {
    returnsSecret: true,
  }),
  /** Whether what the person wrote down is the code: compared by trying it. */
  'recovery.verify': agentCall(
    v.strictObject({ code: s.password }),
    v.strictObject({ matches: v.boolean() }),
  ),
  'audit.list': agentCall(
    v.strictObject({
      before: v.exactOptional(s.count),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)),
    }),
    v.array(auditEntry),
  ),
  'audit.verify': agentCall(
    s.empty,
    v.strictObject({ ok: v.boolean(), entries: s.count, firstBroken: v.nullable(s.count) }),
  ),
  'doctor.run': openCall(s.empty, v.strictObject({ checks: v.array(check) })),
  'backup.writePath': agentCall(v.strictObject({ path: s.path }), written, {
    callers: ['shell', 'command-line'],
  }),
  'backup.toFile': shellCall(s.empty, v.nullable(written)),
  'restore.readPath': openCall(
    v.strictObject({
      path: s.path,
      password: s.password,
      /** What `password` holds; the password unless said otherwise. */
      with: v.exactOptional(v.picklist(['password', 'recovery-code'])),
      to: v.exactOptional(s.path),
    }),
    written,
    { callers: ['shell', 'command-line'] },
  ),
  /** Asks for a file, then restores it where there is no vault yet. */
  'restore.fromFile': shellCall(v.strictObject({ password: s.password }), v.nullable(written), {
    needs: 'any',
  }),
  /** Makes the vault of invented keys for `--demo`, in its own folder, and leaves it unlocked. */
  'demo.create': innerCall(s.empty, s.nothing, { needs: 'any' }),
  'about.open': shellCall(s.empty, s.nothing, { needs: 'any' }),
  'task.cancel': openCall(v.strictObject({ taskId: s.id }), s.nothing),
} as const;
