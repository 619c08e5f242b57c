// Lead times and ages for many keys at once. The first rule that fits a key and says something counts; a key's own word is above
// all of them.
import { ArrowUp, PencilLine, Plus, X } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { call } from '../../lib/call.ts';
import type { PolicyRule } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { keysStore, readKeysSoon, selectProjects } from '../keys/store.ts';
import { PolicyDialog } from './policy-dialog.tsx';
import { policyWords } from './policy-form.ts';
import { Group, Row } from './settings-parts.tsx';
import styles from './settings.module.css';

type Rules = readonly PolicyRule[];

const usePolicies = (): readonly [Rules | null, (next: Rules, said: string) => Promise<void>] => {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    void call('policies.read', {}).then((result) => {
      if (result.ok) setRules(result.value);
      else sayFailed(result.error);
    });
  }, []);
  const write = useCallback(async (next: Rules): Promise<boolean> => {
    const result = await call('policies.write', { rules: [...next] });
    if (!result.ok) {
      sayFailed(result.error);
      return false;
    }
    setRules(next);
    readKeysSoon();
    return true;
  }, []);
  const writeAndSay = async (next: Rules, said: string): Promise<void> => {
    const before = rules;
    if (await write(next)) sayDone(said, before === null ? null : () => void write(before));
  };
  return [rules, writeAndSay];
};

const replaced = (rules: Rules, index: number, rule: PolicyRule): Rules =>
  index < rules.length ? rules.map((each, at) => (at === index ? rule : each)) : [...rules, rule];

const raised = (rules: Rules, index: number): Rules => {
  const rule = rules[index];
  if (rule === undefined) return rules;
  const rest = rules.filter((_, at) => at !== index);
  return [...rest.slice(0, index - 1), rule, ...rest.slice(index - 1)];
};

const RuleRow = (props: {
  readonly rule: PolicyRule;
  readonly first: boolean;
  readonly onEdit: () => void;
  readonly onRaise: () => void;
  readonly onRemove: () => void;
}): ReactNode => {
  const projects = useStore(keysStore, selectProjects);
  const [place, says] = policyWords(props.rule, projects);
  return (
    <Row label={place} help={says}>
      {() => (
        <>
          {props.first ? null : (
            <IconButton
              icon={ArrowUp}
              small
              label={`Count before the one above: ${place}`}
              onClick={props.onRaise}
            />
          )}
          <IconButton icon={PencilLine} small label={`Change: ${place}`} onClick={props.onEdit} />
          <IconButton icon={X} small label={`Take away: ${place}`} onClick={props.onRemove} />
        </>
      )}
    </Row>
  );
};

export const PoliciesGroup = (): ReactNode => {
  const [rules, write] = usePolicies();
  const [editing, setEditing] = useState<number | null>(null);
  const known = rules ?? [];
  return (
    <Group title="Lead times and ages">
      {known.map((rule, index) => (
        <RuleRow
          key={JSON.stringify(rule)}
          rule={rule}
          first={index === 0}
          onEdit={() => setEditing(index)}
          onRaise={() => void write(raised(known, index), 'The order has changed.')}
          onRemove={() =>
            void write(
              known.filter((_, at) => at !== index),
              'The rule is gone.',
            )
          }
        />
      ))}
      <Row
        label={known.length === 0 ? 'No rule yet' : 'For all the others'}
        help="Reminders 30, 14, 7, 3 and 1 days before and on the day for live keys, 7 days and the day for test keys; unused after 90 days; no age at which to turn."
      >
        {() => (
          <Button icon={Plus} disabled={rules === null} onClick={() => setEditing(known.length)}>
            Add a rule
          </Button>
        )}
      </Row>
      {known.length > 1 ? (
        <p className={styles.order}>The first rule that fits a key and says something counts.</p>
      ) : null}
      {editing === null ? null : (
        <PolicyDialog
          rule={known[editing] ?? null}
          onClose={() => setEditing(null)}
          onSave={(rule) => {
            setEditing(null);
            void write(replaced(known, editing, rule), 'The rule counts from now on.');
          }}
        />
      )}
    </Group>
  );
};
