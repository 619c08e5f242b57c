// To whom a key was handed: written down so that a turn knows whom to tell.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import type { Consumer } from '../model/key.ts';
import { ok, type Result } from '../model/result.ts';
import { findConsumer } from '../providers/consumers.ts';
import { findLiving, noteKey, overwrite, sameName, type Edit, type Work } from './edit.ts';

/** A known third party brings its own reason where a rule must be set aside for it; a person's words come first. */
const withException = (consumer: Consumer): Consumer => ({
  ...consumer,
  exception: consumer.exception ?? findConsumer(consumer.name)?.emptyAllowlistReason ?? null,
});

const handedWords = ({ name, exception }: Consumer): string =>
  exception === null ? `to ${name}` : `to ${name}; a rule is set aside: ${exception}`;

/** `not-found`, `already-exists`, `refused`. An exception stands in the audit trail. */
export const handOver = (work: Work, id: RecordId, consumer: Consumer): Result<Edit<undefined>> => {
  const found = findLiving(work.book, id);
  if (!found.ok) return found;
  const held = found.value;
  if (held.body.consumers.some(({ name }) => sameName(name, consumer.name))) {
    return fail(
      'already-exists',
      `${consumer.name} has this key already.`,
      'Take it back first to change the entry.',
    );
  }
  const handed = withException(consumer);
  const consumers = [...held.body.consumers, handed];
  return ok({
    value: undefined,
    changes: [overwrite(held, { ...held.body, consumers, changedAtMs: work.nowMs })],
    audit: [noteKey('key-handed-over', work, handedWords(handed), held)],
  });
};

/** Notes that somebody no longer has the key. `not-found`, `refused`. */
export const takeBack = (work: Work, id: RecordId, name: string): Result<Edit<undefined>> => {
  const found = findLiving(work.book, id);
  if (!found.ok) return found;
  const held = found.value;
  const consumers = held.body.consumers.filter((consumer) => !sameName(consumer.name, name));
  if (consumers.length === held.body.consumers.length) {
    return fail('not-found', `${name} is not among those who have this key.`, 'Look at the list again.');
  }
  return ok({
    value: undefined,
    changes: [overwrite(held, { ...held.body, consumers, changedAtMs: work.nowMs })],
    audit: [noteKey('key-taken-back', work, `from ${name}`, held)],
  });
};
