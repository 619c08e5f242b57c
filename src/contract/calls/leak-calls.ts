// Calls about pasted keys. docs/scanning.md. A scan goes on by itself in the scanner; `leaks.changed` and `scan.progress` tell of it.
import * as v from 'valibot';
import { agentCall, innerCall, openCall, shellCall } from '../call.ts';
import { draft } from '../key-shapes.ts';
import * as l from '../leak-shapes.ts';
import * as s from '../shapes.ts';

const oneFinding = v.strictObject({ id: s.id });

export const leakCalls = {
  'leaks.list': agentCall(
    v.strictObject({
      keyId: v.exactOptional(s.id),
      states: v.exactOptional(v.pipe(v.array(l.findingState), v.maxLength(5))),
    }),
    v.strictObject({ findings: v.array(l.findingView), total: s.count }),
  ),
  /** The line around a finding, read anew, the value and everything like one masked, neutralised. `not-found` where the place is gone. */
  'leaks.context': agentCall(
    oneFinding,
    v.strictObject({
      lines: v.pipe(v.array(v.strictObject({ line: s.count, text: l.words })), v.maxLength(11)),
      at: s.count,
    }),
  ),
  /** Findings by key and kind of place. */
  'leaks.heat': agentCall(s.empty, v.array(l.heatCell)),
  /** Which keys could be read on this disk on that day, in the order of the damage they can do. */
  'leaks.blast': agentCall(v.strictObject({ atMs: s.timeMs }), v.array(l.blastEntry)),
  'leaks.accept': agentCall(
    v.strictObject({ id: s.id, reason: v.pipe(s.line, v.minLength(3, 'wants a reason')), untilMs: s.timeMs }),
    l.findingView,
  ),
  'leaks.reopen': agentCall(oneFinding, l.findingView),
  /** Takes an unknown value into the vault: reads it at its place into a draft, which `drafts` calls then store. */
  'leaks.take': agentCall(oneFinding, draft),
  /** Asks the provider about the value at the place: a key of the vault, or an unknown one where its provider has a check. */
  'leaks.ask': agentCall(oneFinding, v.strictObject({ state: l.shortText, reason: l.words })),
  'leaks.planScrub': agentCall(oneFinding, l.scrubView),
  /** Replaces the value or removes the line, with the file's bytes sealed in the vault first. `conflict` where the file changed meanwhile. */
  'leaks.scrub': agentCall(oneFinding, l.scrubView),
  'leaks.undoScrub': agentCall(v.strictObject({ scrubId: s.id }), s.nothing),

  /** Where a finding stands, for the shell, which opens it in the person's editor. */
  'leaks.where': innerCall(
    oneFinding,
    v.strictObject({ path: s.path, line: v.nullable(s.count), column: v.nullable(s.count) }),
  ),
  /** Opens the place in an editor that is installed, or shows it in its folder. */
  'leaks.open': shellCall(oneFinding, v.strictObject({ with: l.shortText })),
  /** What stands on the clipboard, copied elsewhere: a key of the vault, one that a provider's format fits, or nothing. Kept nowhere. */
  'leaks.clipboard': innerCall(
    v.strictObject({ text: s.secretText }),
    v.nullable(
      v.strictObject({
        keyId: v.nullable(s.id),
        name: v.nullable(l.shortText),
        providerName: v.nullable(l.shortText),
      }),
    ),
  ),

  'scan.roots': agentCall(s.empty, v.array(l.rootView)),
  /** Folders are those that are given; of well-known places only those that are named are changed. */
  'scan.setRoots': agentCall(
    v.strictObject({
      roots: v.pipe(
        v.array(
          v.strictObject({ path: s.path, chosen: v.boolean(), history: v.boolean(), watched: v.boolean() }),
        ),
        v.maxLength(2_000),
      ),
    }),
    v.array(l.rootView),
  ),
  /** Asks for a folder and adds it to the chosen roots; null where the person thought better of it. */
  'scan.addFolder': shellCall(s.empty, v.nullable(v.array(l.rootView))),
  'scan.addPath': agentCall(v.strictObject({ path: s.path }), v.array(l.rootView), {
    callers: ['shell', 'command-line'],
  }),
  /** Begins a scan and answers at once; without paths the chosen roots and well-known places, with paths those alone unless `places` is said. `busy` where one runs. */
  'scan.start': agentCall(
    v.strictObject({
      paths: v.exactOptional(v.pipe(v.array(s.path), v.maxLength(500))),
      staged: v.exactOptional(v.boolean()),
      history: v.exactOptional(v.boolean()),
      places: v.exactOptional(v.boolean()),
      allPatterns: v.exactOptional(v.boolean()),
      /** Reads what did not change as well. */
      everything: v.exactOptional(v.boolean()),
    }),
    l.scanView,
  ),
  'scan.read': agentCall(s.empty, l.scanView),
  /** Answers when the scan is over. */
  'scan.follow': agentCall(s.empty, l.scanView),
  'scan.pause': agentCall(s.empty, l.scanView),
  'scan.resume': agentCall(s.empty, l.scanView),
  'scan.cancel': agentCall(s.empty, l.scanView),
  'watch.read': openCall(s.empty, l.watchView),
  'watch.set': agentCall(v.strictObject({ on: v.boolean() }), l.watchView),

  'guard.status': openCall(v.strictObject({ repo: v.exactOptional(s.path) }), v.array(l.guardView)),
  'guard.install': openCall(v.strictObject({ repo: s.path, prePush: v.boolean() }), l.guardView),
  'guard.remove': openCall(v.strictObject({ repo: s.path }), l.guardView),
  /** Whose the slots of the fingerprint file are, for the hook's words; those that nobody knows are left out. */
  'guard.names': agentCall(
    v.strictObject({ generation: l.shortText, slots: v.pipe(v.array(s.count), v.maxLength(100)) }),
    v.array(v.strictObject({ slot: s.count, name: l.shortText })),
    { callers: ['command-line'] },
  ),
} as const;
