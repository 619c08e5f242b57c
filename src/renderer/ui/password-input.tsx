// A password field whose text is a string nowhere: it is kept as code points beside the element (keep-typed.ts), read once as bytes
// and then wiped. Only where the person asks to see it does it stand in the element.
import {
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type ComponentProps,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { ArrowBigUpDash, Eye, EyeOff } from 'lucide-react';
import { IconButton } from './button.tsx';
import { emptyField, keepTyped, showTyped, textOf } from './keep-typed.ts';
import { classNames } from './class-names.ts';
import styles from './text-input.module.css';

export type PasswordInputProps = Omit<
  ComponentProps<'input'>,
  'className' | 'type' | 'value' | 'defaultValue'
> & { readonly large?: boolean; readonly what?: string };

/** Takes the field's text as UTF-8 bytes and empties the field. The receiver wipes the bytes. */
export const takeBytes = (input: HTMLInputElement | null): Uint8Array<ArrayBuffer> => {
  const bytes = lookAtBytes(input);
  emptyField(input);
  return bytes;
};

/** The field's text as bytes; the field keeps it. */
export const lookAtBytes = (input: HTMLInputElement | null): Uint8Array<ArrayBuffer> => {
  const text = input === null ? undefined : textOf(input);
  return text?.bytes() ?? new TextEncoder().encode(input?.value ?? '');
};

export const PasswordInput = ({
  large = false,
  what = 'password',
  ...rest
}: PasswordInputProps): ReactNode => {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const element = useRef<HTMLInputElement | null>(null);
  const { ref, onChange, ...others } = rest;
  useImperativeHandle(ref, () => element.current as HTMLInputElement, []);
  const onInput = onChange as ComponentProps<'input'>['onInput'];
  useEffect(() => (element.current === null ? undefined : keepTyped(element.current)), []);
  useEffect(() => {
    if (element.current !== null) showTyped(element.current, shown);
  }, [shown]);
  const look = (event: KeyboardEvent | MouseEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className={classNames(large && styles.large)}>
      <div className={styles.wrap}>
        <input
          autoComplete="off"
          spellCheck={false}
          {...others}
          ref={element}
          onInput={onInput}
          type={shown ? 'text' : 'password'}
          className={classNames(styles.input, styles.password)}
          onKeyDown={(event) => {
            look(event);
            others.onKeyDown?.(event);
          }}
          onKeyUp={look}
          onMouseDown={look}
          onBlur={(event) => {
            setCapsLock(false);
            others.onBlur?.(event);
          }}
        />
        <span className={styles.toggle}>
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? `Hide the ${what}` : `Show the ${what}`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          />
        </span>
      </div>
      <p role="status" className={capsLock ? styles.hint : 'visually-hidden'}>
        {capsLock ? (
          <>
            <ArrowBigUpDash size={14} aria-hidden="true" /> Caps Lock is on
          </>
        ) : null}
      </p>
    </div>
  );
};
