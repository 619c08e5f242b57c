// A question or a form that must be answered before anything else. Esc closes it; focus returns to where it was.
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { InsideDialog } from './popup-layer.ts';
import styles from './dialog.module.css';

export type DialogProps = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly size?: 'small' | 'medium' | 'large';
  /** The bottom row: what closes it, and the one action. */
  readonly footer?: ReactNode;
  /** Makes the whole a form: Enter in a field and the footer's submit button end here. */
  readonly onSubmit?: () => void;
  readonly children: ReactNode;
};

const Body = ({ footer, onSubmit, children }: DialogProps): ReactNode => {
  const parts = (
    <>
      <div className={styles.body} data-dialog-body="">
        {children}
      </div>
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

/** What has the focus when a dialog opens: its first field or button; the dialog itself where it only tells something. */
const firstStop = '[data-dialog-body] :is(input:not([aria-hidden]), textarea, button)';

/** Rendered means open: whoever shows it decides, so there is no second truth about it. */
export const Dialog = (props: DialogProps): ReactNode => {
  const { title, description, onClose, size = 'medium' } = props;
  const popup = useRef<HTMLDivElement>(null);
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
            ref={popup}
            initialFocus={() => popup.current?.querySelector<HTMLElement>(firstStop) ?? popup.current}
          >
            <header className={styles.header}>
              <div>
                <Base.Title className={styles.title}>{title}</Base.Title>
                {description === undefined ? null : (
                  <Base.Description className={styles.description}>{description}</Base.Description>
                )}
              </div>
            </header>
            <InsideDialog value={true}>
              <Body {...props} />
              {/* Last in the order of the keyboard, so that the first field has the focus when the dialog opens. */}
              <div className={styles.close}>
                <IconButton icon={X} label="Close" chord="Esc" onClick={onClose} />
              </div>
            </InsideDialog>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
};
