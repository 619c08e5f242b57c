// All shortcuts on one sheet, under `?`.
import type { ReactNode } from 'react';
import { closeOverlay } from '../../app/app-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { chordWords, Kbd } from '../../ui/kbd.tsx';
import { shortcutGroups, type ShortcutGroup } from './shortcuts-table.ts';
import styles from './cheat-sheet.module.css';

const Group = ({ group }: { readonly group: ShortcutGroup }): ReactNode => (
  <section className={styles.group} aria-label={group.title}>
    <h3 className={styles.title}>{group.title}</h3>
    <dl>
      {group.shortcuts.map(({ chord, words }) => (
        <div key={chord} className={styles.line}>
          <dt>
            <Kbd chord={chord} />
            <span className="visually-hidden">{chordWords(chord)}</span>
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  </section>
);

export const CheatSheet = (): ReactNode => (
  <Dialog title="Keys of the keyboard" size="large" onClose={closeOverlay}>
    <div className={styles.sheet}>
      <div className={styles.column}>
        {shortcutGroups.slice(0, 3).map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
      <div className={styles.column}>
        {shortcutGroups.slice(3).map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
    </div>
  </Dialog>
);
