// Switches the project; makes a new one; leads to its environments.
import { ChevronsUpDown, FolderPlus, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { goTo, openOverlay } from '../../app/app-store.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { keysStore, showProject } from '../keys/store.ts';
import styles from './project-menu.module.css';

export const ProjectMenu = (): ReactNode => {
  const { overview, projectId } = useStore(keysStore);
  const projects = overview?.projects ?? [];
  const project = projects.find(({ id }) => id === projectId);
  return (
    <div className={styles.place}>
      <Menu
        trigger={
          <button
            type="button"
            className={styles.trigger}
            aria-label={`Project: ${project?.name ?? 'none yet'}`}
          >
            <span className={styles.initial} aria-hidden="true">
              {(project?.name ?? '·').charAt(0).toUpperCase()}
            </span>
            <span className={styles.name}>{project?.name ?? 'No project yet'}</span>
            <ChevronsUpDown size={14} aria-hidden="true" />
          </button>
        }
      >
        {projects.map(({ id, name }) => (
          <MenuItem
            key={id}
            checked={id === projectId}
            onSelect={() => {
              showProject(id);
              goTo('keys');
            }}
          >
            {name}
          </MenuItem>
        ))}
        {projects.length > 0 ? <MenuLine /> : null}
        {project === undefined ? null : (
          <MenuItem icon={Settings2} onSelect={() => openOverlay({ type: 'project', projectId: project.id })}>
            Name and environments…
          </MenuItem>
        )}
        <MenuItem icon={FolderPlus} onSelect={() => openOverlay({ type: 'new-project' })}>
          New project…
        </MenuItem>
      </Menu>
    </div>
  );
};
