// Shows the toasts at the bottom, in the middle, and reads them aloud.
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from './button.tsx';
import { dismissToast, holdToastsWhile, toastStore, type Toast } from './toast-store.ts';
import styles from './toast.module.css';

const ToastRow = ({ toast }: { readonly toast: Toast }): ReactNode => {
  const { id, tone, text, next, undo } = toast;
  return (
    <li className={styles.toast}>
      <span className={styles[tone]}>
        {tone === 'done' ? (
          <CircleCheck size={16} aria-hidden="true" />
        ) : (
          <CircleAlert size={16} aria-hidden="true" />
        )}
      </span>
      <div className={styles.text}>
        <p>{text}</p>
        {next === '' ? null : <p className={styles.next}>{next}</p>}
      </div>
      {undo === null ? null : (
        <Button
          tone="quiet"
          chord="Mod+Z"
          onClick={() => {
            dismissToast(id);
            undo();
          }}
        >
          Undo
        </Button>
      )}
      <IconButton icon={X} label="Dismiss" small onClick={() => dismissToast(id)} />
    </li>
  );
};

export const Toasts = (): ReactNode => {
  const toasts = useStore(toastStore, (state) => state.toasts);
  const place = useRef<HTMLElement>(null);
  useEffect(() => holdToastsWhile(() => place.current?.matches(':hover, :focus-within') === true), []);
  return (
    <section ref={place} aria-label="Messages" className={styles.place}>
      <div role="status" aria-live="polite" aria-atomic="false">
        <ul className={styles.list}>
          {toasts.map((toast) => (
            <ToastRow key={toast.id} toast={toast} />
          ))}
        </ul>
      </div>
    </section>
  );
};

/** The last offered way back, for `Mod+Z`. */
export const undoLast = (): boolean => {
  const last = toastStore.getState().toasts.findLast((toast) => toast.undo !== null);
  if (last === undefined) return false;
  dismissToast(last.id);
  last.undo?.();
  return true;
};
