// The fields of a draft: each masked once it is filled, typed or pasted otherwise, with the variable of its export.
import { ClipboardPaste, RotateCcw } from 'lucide-react';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { DraftField } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { PasswordInput, takeBytes } from '../../ui/password-input.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import type { DraftWork } from './use-draft.ts';
import styles from './draft-fields.module.css';

type FieldProps = {
  readonly field: DraftField;
  readonly work: DraftWork;
  readonly variable: string;
  /** Null where the variables are settled already. */
  readonly onVariable: ((variable: string) => void) | null;
};

const Filled = ({
  field,
  onAgain,
}: {
  readonly field: DraftField;
  readonly onAgain: () => void;
}): ReactNode => (
  <div className={styles.filled}>
    <code className={styles.masked}>{field.masked}</code>
    <IconButton icon={RotateCcw} label={`Put in another ${field.label}`} small onClick={onAgain} />
  </div>
);

const Entry = ({ field, work, onVariable }: Pick<FieldProps, 'field' | 'work' | 'onVariable'>): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const send = (): void => {
    const typed = takeBytes(input.current);
    if (typed.length > 0) work.typeField(field.name, typed);
  };
  // The window does not look at what is pasted: the shell reads the clipboard and hands it to the agent.
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    work.pasteField(field.name);
  };
  // A new value for a key that is there: what is left empty stays.
  const keeps = onVariable === null ? { placeholder: 'stays as it is', required: false } : {};
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    send();
  };
  const common = {
    ref: input,
    onPaste,
    onKeyDown,
    onBlur: send,
    required: field.required,
    ...keeps,
  } as const;
  return (
    <Field label={field.label} {...(field.help === '' ? {} : { help: field.help })}>
      {(ids) => (
        <div className={styles.entry}>
          <div className={styles.grow}>
            {field.secret ? (
              <PasswordInput {...ids} {...common} what={field.label} />
            ) : (
              <TextInput {...ids} {...common} mono />
            )}
          </div>
          <Button icon={ClipboardPaste} onClick={() => work.pasteField(field.name)}>
            Paste
          </Button>
        </div>
      )}
    </Field>
  );
};

const OneField = ({ field, work, variable, onVariable }: FieldProps): ReactNode => {
  const [again, setAgain] = useState(false);
  const [mask, setMask] = useState(field.masked);
  if (field.masked !== mask) {
    // A new value has arrived: show it masked again.
    setMask(field.masked);
    setAgain(false);
  }
  const filled = field.filled && !again;
  return (
    <li className={styles.field}>
      {filled ? (
        <div className={styles.shown}>
          <span className={styles.label}>{field.label}</span>
          <Filled field={field} onAgain={() => setAgain(true)} />
        </div>
      ) : (
        <Entry field={field} work={work} onVariable={onVariable} />
      )}
      {onVariable === null ? null : (
        <div className={styles.variable}>
          <span aria-hidden="true">exported as</span>
          <TextInput
            mono
            value={variable}
            placeholder="not exported"
            aria-label={`Variable of ${field.label}`}
            onChange={(event) => onVariable(event.currentTarget.value)}
          />
        </div>
      )}
    </li>
  );
};

export type DraftFieldsProps = {
  readonly work: DraftWork;
  readonly fields: readonly DraftField[];
  readonly variables: Readonly<Record<string, string>>;
  readonly onVariables: ((variables: Readonly<Record<string, string>>) => void) | null;
};

export const DraftFields = ({ work, fields, variables, onVariables }: DraftFieldsProps): ReactNode => (
  <ul className={styles.fields} aria-label="Values">
    {fields.map((field) => (
      <OneField
        key={field.name}
        field={field}
        work={work}
        variable={variables[field.name] ?? field.variable ?? ''}
        onVariable={
          onVariables === null ? null : (variable) => onVariables({ ...variables, [field.name]: variable })
        }
      />
    ))}
  </ul>
);
