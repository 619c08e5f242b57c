// One field of a key: its name, its variable, the mask, and the two things one does with it: copy, and reveal by holding.
import { Eye } from 'lucide-react';
import { useLayoutEffect, type KeyboardEvent, type ReactNode } from 'react';
import type { FieldView, KeySummary } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { CopyButton } from './copy-button.tsx';
import { spaceBar, useSecretCell } from './secret-cell.ts';
import styles from './detail-field.module.css';

export type DetailFieldProps = {
  readonly summary: KeySummary;
  readonly field: FieldView;
  /** The field that C copies and the space bar reveals. */
  readonly primary: boolean;
};

const Head = ({ field }: { readonly field: FieldView }): ReactNode => (
  <div className={styles.head}>
    <span className={styles.label}>{field.label}</span>
    {field.variable === null ? (
      <span className={styles.variable}>not exported</span>
    ) : (
      <code className={styles.variable}>{field.variable}</code>
    )}
  </div>
);

const SecretField = ({ summary, field, primary }: DetailFieldProps): ReactNode => {
  const { id: keyId, name: keyName } = summary;
  const { ref, shown, error, hold, release } = useSecretCell({ keyId, field: field.name }, field.masked);
  // With the field, not after it: whoever sees the field may hold the space bar.
  useLayoutEffect(() => {
    if (!primary) return undefined;
    spaceBar.cell = { hold, release };
    return () => {
      spaceBar.cell = null;
    };
  });
  const onKey = (event: KeyboardEvent, act: () => void): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    act();
  };
  return (
    <div className={styles.field} data-shown={shown || undefined}>
      <Head field={field} />
      <div className={styles.place}>
        <code ref={ref} className={styles.value} data-testid="secret-value" />
      </div>
      <div className={styles.actions}>
        <CopyButton
          owner={summary}
          field={field}
          what={`${field.label} of ${keyName}`}
          {...(primary ? { chord: 'C' } : {})}
        />
        <Button
          icon={Eye}
          aria-label={`Reveal ${field.label} of ${keyName} while held`}
          aria-pressed={shown}
          {...(primary ? { chord: 'Space' } : {})}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            hold();
          }}
          onPointerUp={release}
          onPointerCancel={release}
          onContextMenu={(event) => event.preventDefault()}
          onKeyDown={(event) => onKey(event, hold)}
          onKeyUp={(event) => onKey(event, release)}
          onBlur={release}
        >
          Hold to reveal
        </Button>
      </div>
      <ErrorNote error={error} />
    </div>
  );
};

const PlainField = ({ summary, field, primary }: DetailFieldProps): ReactNode => (
  <div className={styles.field}>
    <Head field={field} />
    <div className={styles.plain}>
      <code className={`${styles.value ?? ''} selectable`}>{field.value ?? field.masked}</code>
      <CopyButton
        owner={summary}
        field={field}
        what={`${field.label} of ${summary.name}`}
        compact
        {...(primary ? { chord: 'C' } : {})}
      />
    </div>
  </div>
);

export const DetailField = (props: DetailFieldProps): ReactNode =>
  props.field.secret ? <SecretField {...props} /> : <PlainField {...props} />;
