// The forms of Slack's tokens: bot, user and app-level ones, rotating pairs, older ones, and addresses of webhooks.
import type { FormatInput } from './define-provider.ts';
import { between, exactly, literal } from './format.ts';

export const slackFormats: readonly FormatInput[] = [
  {
    id: 'bot',
    kind: 'unknown',
    label: 'bot token',
    match: 'prefix',
    pattern: {
      parts: [
        literal('xoxb-'),
        between(10, 13, 'digits'),
        literal('-'),
        between(10, 13, 'digits'),
        literal('-'),
        between(18, 40, 'alphanumeric'),
      ],
    },
    priority: 1,
    classId: 'bot',
  },
  {
    id: 'user',
    kind: 'unknown',
    label: 'user token',
    match: 'prefix',
    pattern: {
      parts: [
        literal('xoxp-'),
        between(10, 13, 'digits'),
        literal('-'),
        between(10, 13, 'digits'),
        literal('-'),
        between(10, 13, 'digits'),
        literal('-'),
        between(28, 40, 'alphanumeric'),
      ],
    },
    priority: 1,
    classId: 'user',
  },
  {
    id: 'app',
    kind: 'unknown',
    label: 'app-level token',
    match: 'prefix',
    pattern: {
      parts: [
        literal('xapp-'),
        exactly(1, 'digits'),
        literal('-'),
        between(1, 16, 'upper-alphanumeric'),
        literal('-'),
        between(1, 16, 'digits'),
        literal('-'),
        between(16, 80, 'lower-alphanumeric'),
      ],
    },
    classId: 'app',
  },
  {
    id: 'rotating',
    kind: 'unknown',
    label: 'rotating access token (12 hours)',
    match: 'prefix',
    pattern: {
      parts: [
        literal('xoxe.xox'),
        { oneOf: ['b', 'p'] },
        literal('-'),
        exactly(1, 'digits'),
        literal('-'),
        between(163, 166, 'alphanumeric'),
      ],
    },
    classId: 'rotating',
  },
  {
    id: 'refresh',
    kind: 'unknown',
    label: 'refresh token, works once',
    match: 'prefix',
    pattern: {
      parts: [literal('xoxe-'), exactly(1, 'digits'), literal('-'), exactly(146, 'alphanumeric')],
    },
    classId: 'rotating',
    note: 'Using it ends it: it is never asked about.',
  },
  {
    id: 'older',
    kind: 'unknown',
    label: 'bot or user token of an older form',
    match: 'prefix',
    pattern: {
      source: 'xox[bp]-[0-9]{10,13}-[0-9]{10,13}[A-Za-z0-9-]{0,80}',
      anchors: ['xoxb-', 'xoxp-'],
      maxLength: 120,
    },
  },
  {
    id: 'workspace',
    kind: 'unknown',
    label: 'token of a workspace app or an installation, of an older form',
    match: 'prefix',
    pattern: {
      source: 'xox[aor]-[0-9]{1,13}-[0-9]{8,13}[A-Za-z0-9-]{10,80}',
      anchors: ['xoxa-', 'xoxo-', 'xoxr-'],
      maxLength: 120,
    },
  },
  {
    id: 'webhook',
    kind: 'unknown',
    label: 'address of an incoming webhook',
    match: 'prefix',
    pattern: {
      source:
        'https:\\/\\/hooks\\.slack\\.com\\/services\\/T[0-9A-Za-z]{6,40}\\/B[0-9A-Za-z]{6,40}\\/[0-9A-Za-z]{18,40}',
      anchors: ['https://hooks.slack.com/services/T'],
      maxLength: 180,
    },
    note: 'Whoever knows it can post to its channel. To see whether it works is to post: it is never asked about.',
  },
];
