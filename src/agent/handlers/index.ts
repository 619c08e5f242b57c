// All handlers of the agent, held to the contract by type: a call without a handler, or one too many, does not compile.
import { passwordJudge } from '../../node/password-strength.ts';
import type { OpenHandlers, SessionHandlers } from '../handler.ts';
import { backupHandlers, openBackupHandlers } from './backup-handlers.ts';
import { checkHandlers } from './check-handlers.ts';
import { demoHandlers } from './demo-handlers.ts';
import { doctorHandlers } from './doctor-handlers.ts';
import { draftHandlers } from './draft-handlers.ts';
import { dueHandlers, reminderHandlers } from './due-handlers.ts';
import { exportHandlers } from './export-handlers.ts';
import { guardHandlers, guardNameHandlers } from './guard-handlers.ts';
import { importHandlers } from './import-handlers.ts';
import { keyHandlers } from './key-handlers.ts';
import { leakHandlers } from './leak-handlers.ts';
import { previewHandlers } from './preview-handlers.ts';
import { proofHandlers, rescueHandlers } from './proof-handlers.ts';
import { projectHandlers } from './project-handlers.ts';
import { providerHandlers } from './provider-handlers.ts';
import { restoreHandlers } from './restore-handlers.ts';
import { rotationHandlers } from './rotation-handlers.ts';
import { safetyHandlers } from './safety-handlers.ts';
import { openScanHandlers, scanHandlers } from './scan-handlers.ts';
import { secretHandlers } from './secret-handlers.ts';
import { stateHandlers } from './state-handlers.ts';
import { swapHandlers } from './swap-handlers.ts';
import { turnCareHandlers } from './turn-care-handlers.ts';
import { vaultHandlers } from './vault-handlers.ts';

/** Answered in every state. */
export const openHandlers: OpenHandlers = {
  ...stateHandlers(passwordJudge()),
  ...vaultHandlers,
  ...doctorHandlers,
  ...restoreHandlers,
  ...openBackupHandlers,
  ...previewHandlers,
  ...swapHandlers,
  ...rescueHandlers,
  ...demoHandlers,
  ...reminderHandlers,
  ...openScanHandlers,
  ...guardHandlers,
};

/** Answered once the vault is open. */
export const sessionHandlers: SessionHandlers = {
  ...safetyHandlers,
  ...backupHandlers,
  ...proofHandlers,
  ...projectHandlers,
  ...keyHandlers,
  ...secretHandlers,
  ...draftHandlers,
  ...importHandlers,
  ...exportHandlers,
  ...checkHandlers,
  ...providerHandlers,
  ...dueHandlers,
  ...rotationHandlers,
  ...turnCareHandlers,
  ...leakHandlers,
  ...guardNameHandlers,
  ...scanHandlers,
};
