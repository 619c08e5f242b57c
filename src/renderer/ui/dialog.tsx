// A question or a form that must be answered before anything else. Esc closes it; focus returns to where it was.
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { FormEvent, ReactNode, RefObject } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

export type DialogProps = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly size?: 'small' | 'medium' | 'large';
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly finalFocus?: RefObject<HTMLElement | null>;
  /** The bottom row: what closes it, and the one action. */
  readonly footer?: ReactNode;
  /** Makes the whole a form: Enter in a field and the footer's submit button end here. */
  readonly onSubmit?: () => void;
  readonly children: ReactNode;
};

const Body = ({ footer, onSubmit, children }: DialogProps): ReactNode => {
  const parts = (
    <>
      <div className={styles.body}>{children}</div>
      {footer === undefined ? null : <footer className={styles.footer}>{footer}</footer>}
    </>
  );
  if (onSubmit === undefined) return parts;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A form inside a dialog that was opened from another form must not end that one too.
    event.stopPropagation();
    onSubmit();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {parts}
    </form>
  );
};

/** Rendered means open: whoever shows it decides, so there is no second truth about it. */
export const Dialog = (props: DialogProps): ReactNode => {
  const { title, description, onClose, size = 'medium' } = props;
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            className={classNames(styles.popup, styles[size])}
            {...(props.initialFocus === undefined ? {} : { initialFocus: props.initialFocus })}
            {...(props.finalFocus === undefined ? {} : { finalFocus: props.finalFocus })}
          >
            <header className={styles.header}>
              <div>
                <Base.Title className={styles.title}>{title}</Base.Title>
                {description === undefined ? null : (
                  <Base.Description className={styles.description}>{description}</Base.Description>
                )}
              </div>
              <IconButton icon={X} label="Close" chord="Esc" onClick={onClose} />
            </header>
            <Body {...props} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
};
