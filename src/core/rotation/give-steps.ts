// The steps between a proven new key and the end of the old one: files, the change of current and previous, the time in which both live.
import { begun, finished, waiting, withTask } from './record.ts';
import { fileTask } from './tasks.ts';
import { save, type Step } from './turn.ts';

export const deliverStep: Step = async (desk, rotation) => {
  if (save(desk, begun(rotation, desk.nowMs(), 'gives out the new value')) === 'rest') return 'rest';
  const delivered = await desk.deliver('new');
  const failed = delivered.flatMap(({ place, problem }) => (problem === null ? [] : [{ place, problem }]));
  const written = delivered.length - failed.length;
  const next = failed.reduce(
    (record, { place, problem }) => withTask(record, fileTask(desk.newId(), place, problem)),
    desk.rotation(),
  );
  const words =
    delivered.length === 0
      ? 'no files to bring up to date'
      : `${String(written)} of ${String(delivered.length)} files have the new value`;
  return save(desk, finished(next, desk.nowMs(), words));
};

export const promoteStep: Step = (desk, rotation) =>
  Promise.resolve(
    save(desk, finished(rotation, desk.nowMs(), 'the new key is the current one'), { type: 'promote' }),
  );

export const graceStep: Step = (desk, rotation) => {
  const nowMs = desk.nowMs();
  const untilMs = rotation.graceUntilMs ?? nowMs + rotation.graceMs;
  const known = { ...rotation, graceUntilMs: untilMs };
  if (nowMs >= untilMs)
    return Promise.resolve(save(desk, finished(known, nowMs, 'both lived as long as asked')));
  return Promise.resolve(save(desk, waiting(known, nowMs, 'old and new both work until then', untilMs)));
};
