// The one dialog that is open, if any.
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { AddDialog } from '../features/add/add-dialog.tsx';
import { CareDialog } from '../features/care/care-dialog.tsx';
import { CheckSummaryDialog } from '../features/checks/summary-dialog.tsx';
import { CalendarDialog } from '../features/due/calendar-dialog.tsx';
import { CheatSheet } from '../features/cheat-sheet/cheat-sheet.tsx';
import { EditDialog } from '../features/edit/edit-dialog.tsx';
import { HandOverDialog } from '../features/edit/hand-over-dialog.tsx';
import { ReplaceDialog } from '../features/add/replace-dialog.tsx';
import { AcceptDialog } from '../features/leaks/accept-dialog.tsx';
import { ScrubDialog } from '../features/leaks/scrub-dialog.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { NewProjectDialog } from '../features/projects/new-project-dialog.tsx';
import { ProjectDialog } from '../features/projects/project-dialog.tsx';
import { RemoveDialog } from '../features/remove/remove-dialog.tsx';
import { LeakedDialog } from '../features/turns/leaked-dialog.tsx';
import { PlanDialog } from '../features/turns/plan-dialog.tsx';
import { TurnCareDialog } from '../features/turns/turn-care-dialog.tsx';
import { appStore, type Overlay } from './app-store.ts';

type Shown<T extends Overlay['type']> = Extract<Overlay, { readonly type: T }>;

const shown: { readonly [T in Overlay['type']]: (overlay: Shown<T>) => ReactNode } = {
  palette: () => <Palette />,
  'cheat-sheet': () => <CheatSheet />,
  add: ({ paste, findingId }) => <AddDialog paste={paste} findingId={findingId ?? null} />,
  edit: ({ keyId }) => <EditDialog keyId={keyId} />,
  replace: ({ keyId }) => <ReplaceDialog keyId={keyId} />,
  remove: ({ keyId }) => <RemoveDialog keyId={keyId} />,
  'hand-over': ({ keyId }) => <HandOverDialog keyId={keyId} />,
  care: ({ keyId }) => <CareDialog keyId={keyId} />,
  turn: ({ keyId, leak, foundAtMs }) => (
    <PlanDialog keyId={keyId} leaked={leak} foundAtMs={foundAtMs ?? null} />
  ),
  'turn-care': ({ keyId }) => <TurnCareDialog keyId={keyId} />,
  leaked: ({ keyIds, foundAtMs }) => <LeakedDialog keyIds={keyIds ?? []} foundAtMs={foundAtMs ?? null} />,
  'accept-place': ({ findingId }) => <AcceptDialog findingId={findingId} />,
  scrub: ({ findingId }) => <ScrubDialog findingId={findingId} />,
  'check-summary': () => <CheckSummaryDialog />,
  calendar: () => <CalendarDialog />,
  'new-project': () => <NewProjectDialog />,
  project: ({ projectId }) => <ProjectDialog projectId={projectId} />,
};

export const Overlays = (): ReactNode => {
  const overlay = useStore(appStore, (store) => store.overlay);
  if (overlay === null) return null;
  const show = shown[overlay.type] as (overlay: Overlay) => ReactNode;
  return show(overlay);
};
