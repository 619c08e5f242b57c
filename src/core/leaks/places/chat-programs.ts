// Programs to chat with a model that are no coding tools by trade, and tools that keep other tools' conversations.
import type { Rows } from './assistants.ts';
import { placesOf, type WellKnownPlace } from './place.ts';

const programs: Readonly<Record<string, Rows>> = {
  'Open Interpreter': [
    ['{apps}/open-interpreter/', 'transcript'],
    ['{apps}/Open Interpreter/', 'transcript'],
  ],
  llm: [
    ['{config}/io.datasette.llm/logs.db', 'transcript'],
    ['{apps}/io.datasette.llm/logs.db', 'transcript'],
    ['{config}/io.datasette.llm/keys.json', 'credentials-file'],
    ['{apps}/io.datasette.llm/keys.json', 'credentials-file'],
  ],
  aichat: [
    ['{apps}/aichat/messages.md', 'transcript'],
    ['{apps}/aichat/sessions/', 'transcript'],
    ['{apps}/aichat/config.yaml', 'agent-settings'],
  ],
  ShellGPT: [
    ['{config}/shell_gpt/.sgptrc', 'credentials-file'],
    ['{cache}/shell_gpt/', 'transcript'],
  ],
  mods: [['{data}/mods/', 'transcript']],
  'LM Studio': [
    ['~/.lmstudio/conversations/', 'transcript'],
    ['~/.lmstudio/mcp.json', 'mcp-config'],
    ['~/.cache/lm-studio/conversations/', 'transcript'],
  ],
  Jan: [
    ['{apps}/Jan/data/threads/', 'transcript'],
    ['{apps}/Jan/data/mcp_config.json', 'mcp-config'],
  ],
  'Open WebUI': [['**/open-webui/backend/data/webui.db', 'transcript']],
  SpecStory: [['**/.specstory/history/', 'transcript']],
  'Entire CLI': [['**/.entire/', 'transcript']],
};

export const chatProgramPlaces: readonly WellKnownPlace[] = Object.entries(programs).flatMap(([tool, rows]) =>
  placesOf(tool, rows),
);
