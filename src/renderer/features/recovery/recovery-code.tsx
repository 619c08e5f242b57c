// The recovery code, shown once: write it down or print it, then prove it by two of its groups. The code lives in this
// component's arguments alone and is gone with it.
import { Printer } from 'lucide-react';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { BrandMark, TextButton } from '../../ui/gate.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { exactTime } from '../../lib/time-words.ts';
import { askedGroups, groupsOf, sameGroup } from './groups.ts';
import styles from './recovery-code.module.css';

const Code = ({ groups }: { readonly groups: readonly string[] }): ReactNode => (
  <ol className={`${styles.code ?? ''} selectable`} aria-label="Recovery code">
    {groups.map((group, position) => (
      // Groups may repeat; their places do not.
      // oxlint-disable-next-line react/no-array-index-key
      <li key={position} className={styles.group}>
        <span className={styles.number}>{position + 1}</span>
        <code>{group}</code>
      </li>
    ))}
  </ol>
);

/** What comes out of the printer: nothing of the window, only this sheet. */
const Sheet = ({
  groups,
  file,
}: {
  readonly groups: readonly string[];
  readonly file: string;
}): ReactNode => {
  const [printed] = useState(() => exactTime(Date.now()));
  return createPortal(
    <div className={styles.sheet} aria-hidden="true">
      <BrandMark size={56} />
      <h1>Keyturn recovery sheet</h1>
      <p>
        With this code you open your vault if you lose your password. Keep it where you keep your passport.
      </p>
      <Code groups={groups} />
      <dl>
        <dt>Vault</dt>
        <dd>{file}</dd>
        <dt>Printed</dt>
        <dd>{printed}</dd>
        <dt>Password hint, if you want one</dt>
        <dd className={styles.blank} />
      </dl>
      <p>
        On the lock screen choose “I lost my password” and type the code. It is used up by that: you get a new
        one.
      </p>
    </div>,
    document.body,
  );
};

const Prove = (props: {
  readonly groups: readonly string[];
  readonly onBack: () => void;
  readonly onDone: () => void;
}): ReactNode => {
  const { groups, onBack, onDone } = props;
  const asked = askedGroups(groups);
  const [typed, setTyped] = useState(['', '']);
  const [wrong, setWrong] = useState(false);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const right = asked.every((position, index) => sameGroup(typed[index] ?? '', groups[position]));
    setWrong(!right);
    if (right) onDone();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.asked}>
        {asked.map((position, index) => (
          <Field key={position} label={`Group ${position + 1}`}>
            {(ids) => (
              <TextInput
                {...ids}
                mono
                autoFocus={index === 0}
                value={typed[index] ?? ''}
                maxLength={12}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setTyped((before) => before.map((each, place) => (place === index ? value : each)));
                }}
              />
            )}
          </Field>
        ))}
      </div>
      <p role="alert" className={styles.wrong}>
        {wrong ? 'That is not what was shown. Look at your paper, or look at the code again.' : null}
      </p>
      <Button tone="primary" type="submit" wide>
        Confirm
      </Button>
      <TextButton onClick={onBack}>Show the code again</TextButton>
    </form>
  );
};

export type RecoveryCodeProps = {
  readonly code: string;
  readonly file: string;
  readonly onDone: () => void;
};

export const RecoveryCode = ({ code, file, onDone }: RecoveryCodeProps): ReactNode => {
  const groups = groupsOf(code);
  const [kept, setKept] = useState(false);
  const [proving, setProving] = useState(false);
  const hintId = useId();
  if (proving) return <Prove groups={groups} onBack={() => setProving(false)} onDone={onDone} />;
  return (
    <div className={styles.form}>
      <Code groups={groups} />
      <Sheet groups={groups} file={file} />
      <Button icon={Printer} onClick={() => window.print()}>
        Print the recovery sheet
      </Button>
      <Checkbox checked={kept} onChange={setKept} label="I have written it down or printed it" />
      <div>
        <Button
          tone="primary"
          wide
          disabled={!kept}
          aria-describedby={hintId}
          onClick={() => setProving(true)}
        >
          Continue
        </Button>
        <p id={hintId} className={styles.hint}>
          Next you type two of its groups, so that you know your copy is right.
        </p>
      </div>
    </div>
  );
};
