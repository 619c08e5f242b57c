// Calls about providers: what is known of them, and how they are reached from here.
import * as v from 'valibot';
import { agentCall, shellCall } from '../call.ts';
import * as c from '../check-shapes.ts';
import * as s from '../shapes.ts';

const one = v.strictObject({ id: s.providerId });
const added = v.strictObject({ added: v.array(s.providerId), updated: v.array(s.providerId) });
const settingValues = v.pipe(
  v.custom<object>(
    (value) => typeof value === 'object' && value !== null && Object.keys(value).length <= 50,
    'is no table of at most 50 lines',
  ),
  v.record(s.fieldName, v.nullable(s.line)),
);

export const providerCalls = {
  'providers.list': agentCall(s.empty, v.array(c.providerEntry)),
  'providers.read': agentCall(one, c.providerPage),
  /** null takes an entry away. https only, or http on loopback. */
  'providers.configure': agentCall(
    v.strictObject({
      id: s.providerId,
      baseUrl: v.exactOptional(v.nullable(s.url)),
      values: v.exactOptional(settingValues),
    }),
    s.nothing,
  ),
  /** A file of definitions: own providers and updates. All of it or nothing. */
  'providers.addPath': agentCall(v.strictObject({ path: s.path }), added, {
    callers: ['shell', 'command-line'],
  }),
  'providers.addFile': shellCall(s.empty, v.nullable(added)),
  /** Takes a definition from outside away again; a built-in one is then as built. */
  'providers.remove': agentCall(one, s.nothing),
} as const;
