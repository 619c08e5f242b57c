// The plan of a turn: what happens, who does what, what stops working; and the one action. Nothing has happened before it is pressed.
import { useState, type ReactNode } from 'react';
import type { CallInput } from '../../../contract/contract.ts';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { TurnPlan } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { keysStore, readKeysSoon } from '../keys/store.ts';
import { LeakChoices } from './leak-choices.tsx';
import { OldKeyChoice, RemoveFirst } from './plan-remote.tsx';
import { PlanOptions } from './plan-options.tsx';
import { Consequences, Overlap, Parties, Steps } from './plan-parts.tsx';
import { lacking, planInput, startInput, withWay, type Leak, type PlanChoices } from './plan-form.ts';
import { openTurn } from './turns-store.ts';
import { usePlan, type PlanWork } from './use-plan.ts';
import styles from './plan.module.css';

const Blockers = ({ plan }: { readonly plan: TurnPlan }): ReactNode =>
  plan.blockers.length === 0 ? null : (
    <ul className={styles.stack} aria-label="What stands in the way">
      {plan.blockers.map(({ message, next }) => (
        <li key={message}>
          <Note severity="danger" next={next}>
            {message}
          </Note>
        </li>
      ))}
    </ul>
  );

const Reading = ({ work, provider }: { readonly work: PlanWork; readonly provider: string }): ReactNode => (
  <p className={styles.reading} role="status">
    {work.reads ? (
      <>
        <span className={styles.spinner} aria-hidden="true" />
        Reading {provider}: nothing is changed.{' '}
        <Button tone="quiet" onClick={work.stop}>
          Stop reading
        </Button>
      </>
    ) : work.onlyLocal && work.plan !== null && work.plan.shape !== 'guided' ? (
      `Not read from ${provider}: this is what is known here.`
    ) : null}
  </p>
);

const Why = (props: { readonly leak: Leak; readonly onLeak: (leak: Leak) => void }): ReactNode => (
  <div>
    <Segmented
      label="Why it is turned"
      value={props.leak === null ? 'asked' : 'leak'}
      choices={[
        { value: 'asked', label: 'It is time' },
        { value: 'leak', label: 'This key leaked' },
      ]}
      onChange={(why) => props.onLeak(why === 'leak' ? { foundAtMs: Date.now() } : null)}
    />
  </div>
);

type BodyProps = {
  readonly plan: TurnPlan;
  readonly listed: TurnPlan['choices'];
  readonly choices: PlanChoices;
  readonly leak: Leak;
  readonly onChoices: (part: PlanChoices) => void;
  readonly onWay: (way: string) => void;
  readonly onLeak: (leak: Leak) => void;
};

const Body = (props: BodyProps): ReactNode => {
  const { plan, listed, choices, leak, onChoices, onWay, onLeak } = props;
  return (
    <>
      <Why leak={leak} onLeak={onLeak} />
      {leak === null ? null : (
        <LeakChoices plan={plan} choices={choices} leak={leak} onLeak={onLeak} onChoices={onChoices} />
      )}
      <Overlap plan={plan} />
      <Blockers plan={plan} />
      <RemoveFirst plan={plan} choices={choices} onChoices={onChoices} />
      <OldKeyChoice plan={plan} listed={listed} choices={choices} onChoices={onChoices} />
      <Consequences plan={plan} />
      <PlanOptions plan={plan} choices={choices} onChoices={onChoices} onWay={onWay} />
      <Steps plan={plan} />
      <Parties plan={plan} />
    </>
  );
};

type Desk = Omit<BodyProps, 'plan'> & {
  readonly work: PlanWork;
  /** What is to be said first; empty where it may start. */
  readonly lacks: string;
  readonly ready: boolean;
  readonly input: () => CallInput<'rotation.start'> | null;
};

/** What was chosen so far, and the plan that follows from it. */
const useChoices = (keyId: string, leaked: boolean, foundAtMs: number | null): Desk => {
  const [choices, setChoices] = useState<PlanChoices>(leaked ? { graceMs: 0 } : {});
  const [leak, setLeak] = useState<Leak>(() => (leaked ? { foundAtMs: foundAtMs ?? Date.now() } : null));
  const [listed, setListed] = useState<TurnPlan['choices']>([]);
  const work = usePlan(planInput(keyId, choices));
  const { plan } = work;
  // Once one is chosen the plan has nothing to ask; the list stays, so that another can be chosen.
  if (plan !== null && plan.choices.length > 0 && plan.choices !== listed) setListed(plan.choices);
  const change = (part: PlanChoices): void => setChoices((before) => ({ ...before, ...part }));
  const lacks = plan === null ? '' : lacking(plan, choices);
  return {
    work,
    listed,
    choices,
    leak,
    lacks,
    ready: plan !== null && lacks === '' && !work.reads,
    input: () => (plan === null ? null : startInput(plan, choices, leak)),
    onChoices: change,
    onWay: (way) => {
      setListed([]);
      setChoices(withWay(choices, way));
    },
    onLeak: (next) => {
      if ((next === null) !== (leak === null))
        change(next === null ? { order: undefined, graceMs: undefined } : { graceMs: 0 });
      setLeak(next);
    },
  };
};

const startWord = (plan: TurnPlan | null, leak: Leak): string => {
  if (plan?.shape === 'guided') return 'Begin';
  return leak === null ? 'Turn it' : 'Turn it now';
};

export const PlanDialog = (props: {
  readonly keyId: string;
  readonly leaked: boolean;
  /** When the leak was found, where that is known. */
  readonly foundAtMs: number | null;
}): ReactNode => {
  const { work, lacks, ready, input, ...chosen } = useChoices(props.keyId, props.leaked, props.foundAtMs);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { plan } = work;
  const name = keysStore.getState().keys.find(({ id }) => id === props.keyId)?.name ?? 'this key';
  const start = async (): Promise<void> => {
    const begin = input();
    if (!ready || begin === null) return;
    setBusy(true);
    const result = await call('rotation.start', begin);
    setBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    closeOverlay();
    readKeysSoon();
    openTurn(result.value.id);
  };
  return (
    <Dialog
      title={`Turn ${name}`}
      {...(plan === null ? {} : { description: plan.promise })}
      size="large"
      onClose={closeOverlay}
      onSubmit={() => void start()}
      footer={
        <>
          <Reading work={work} provider={plan?.providerName ?? 'the provider'} />
          {ready || work.reads ? null : <p className={styles.lacks}>{lacks}</p>}
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" busy={busy} disabled={!ready}>
            {startWord(plan, chosen.leak)}
          </Button>
        </>
      }
    >
      {plan === null && work.error === null ? <SkeletonRows rows={6} /> : null}
      {plan === null ? null : <Body plan={plan} {...chosen} />}
      <ErrorNote error={error ?? work.error} />
    </Dialog>
  );
};
