// Calls about turning keys. docs/rotation.md. A turn goes on by itself in the agent; its record changes, and `vault.changed` tells so.
import * as v from 'valibot';
import { agentCall } from '../call.ts';
import * as k from '../key-shapes.ts';
import * as r from '../rotation-shapes.ts';
import * as s from '../shapes.ts';

const oneRotation = v.strictObject({ id: s.id });
const chosen = {
  keyId: s.id,
  way: v.exactOptional(r.wayId),
  order: v.exactOptional(r.order),
  graceMs: v.exactOptional(r.graceMs),
  managerKeyId: v.exactOptional(v.nullable(s.id)),
  inputs: v.exactOptional(r.inputs),
  /** Which key at the provider is the old one. */
  oldRemoteId: v.exactOptional(r.remoteId),
  expiresOn: v.exactOptional(v.nullable(r.day)),
};

export const rotationCalls = {
  /** What a turn would do. Asks the provider for what changes nothing, unless `local`. */
  'rotation.plan': agentCall(
    v.strictObject({
      ...chosen,
      /** With a key that goes first, a full list is no blocker. */
      removeFirst: v.exactOptional(r.remoteId),
      local: v.exactOptional(v.boolean()),
      taskId: v.exactOptional(s.id),
    }),
    r.planView,
  ),
  /** Begins a turn and answers at once; `refused` where the plan has a blocker or one is under way. */
  'rotation.start': agentCall(
    v.strictObject({
      ...chosen,
      reason: v.exactOptional(r.reason),
      foundAtMs: v.exactOptional(s.timeMs),
      /** Removed at the provider first, to free a slot. */
      removeFirst: v.exactOptional(r.remoteId),
    }),
    r.rotationView,
  ),
  'rotation.list': agentCall(
    v.strictObject({ keyId: v.exactOptional(s.id), open: v.exactOptional(v.boolean()) }),
    v.array(r.rotationView),
  ),
  'rotation.read': agentCall(oneRotation, r.rotationView),
  /** Answers once the turn waits or is over. */
  'rotation.follow': agentCall(oneRotation, r.rotationView),
  /** Goes on now with one, or with all that wait, whatever time they wait for; answers when they wait again or are over. */
  'rotation.resume': agentCall(
    v.strictObject({
      id: v.exactOptional(s.id),
      taskId: v.exactOptional(s.id),
      /** Of one turn that is in its grace: the grace is over now. Without it a grace lasts as long as was asked. */
      endGrace: v.exactOptional(v.boolean()),
    }),
    v.array(r.rotationView),
  ),
  /** Walks back to how it was. `refused` once the old key is revoked. */
  'rotation.undo': agentCall(oneRotation, r.rotationView),
  /** Ends it where it stands, and says what is true then. */
  'rotation.giveUp': agentCall(v.strictObject({ id: s.id, confirmName: s.name }), r.rotationView),
  'rotation.task': agentCall(v.strictObject({ id: s.id, taskId: s.id, done: v.boolean() }), r.rotationView),
  /** The new value of a guided turn, from a draft or as fields. `bad-input` where it is the old one, malformed or of another kind. */
  'rotation.paste': agentCall(
    v.strictObject({ id: s.id, draftId: v.exactOptional(s.id), fields: v.exactOptional(k.fieldInputs) }),
    r.rotationView,
  ),
  'rotation.care': agentCall(v.strictObject({ keyId: s.id }), r.turnCare),
  'rotation.setCare': agentCall(r.turnCare, s.nothing),
  /** What is planned within the next twelve months, by day. */
  'rotation.calendar': agentCall(s.empty, v.array(r.calendarEntry)),
  /** Leaked keys in the order of the damage they can do, each with why it stands there. */
  'rotation.damage': agentCall(
    v.strictObject({ ids: v.pipe(v.array(s.id), v.minLength(1), v.maxLength(200)) }),
    v.array(
      v.strictObject({
        keyId: s.id,
        keyName: s.name,
        rank: s.count,
        why: v.pipe(v.string(), v.maxLength(500)),
      }),
    ),
  ),
  'tracked.list': agentCall(s.empty, v.array(r.trackedFile)),
  /** Stops keeping a file up to date; the file stays. */
  'tracked.forget': agentCall(v.strictObject({ id: s.id }), s.nothing),
} as const;
