// All tables of well-known places as one. Only rows: what is made of them stands in classify.ts and proposal.ts.
import { assistantPlaces } from './assistants.ts';
import { chatProgramPlaces } from './chat-programs.ts';
import { credentialPlaces } from './credentials.ts';
import { editorPlaces } from './editors.ts';
import { historyPlaces } from './histories.ts';
import { logPlaces } from './logs.ts';
import type { WellKnownPlace } from './place.ts';

export const wellKnownPlaces: readonly WellKnownPlace[] = [
  ...historyPlaces,
  ...assistantPlaces,
  ...chatProgramPlaces,
  ...credentialPlaces,
  ...editorPlaces,
  ...logPlaces,
];
