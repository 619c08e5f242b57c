// Supabase: keys of a project are made and deleted with a personal access token; tokens themselves and the legacy keys on the web alone. The
// name of a key takes small letters, digits and _ only, so the mark stands in its description.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const rotations = 'github.com/Infisical/infisical supabase-api-key-rotation-fns.ts';
const deletePage = 'https://supabase.com/docs/reference/api/v1-delete-project-api-key';
const leakPage = 'https://supabase.com/docs/guides/security/rotate-leaked-api-keys.md';
const naming = 'https://github.com/supabase/terraform-provider-supabase/pull/322';
const url = 'https://api.supabase.com/v1/projects/{ref}/api-keys';

const usual: readonly Refusal[] = [
  notAccepted(
    'Supabase does not accept the token that asked: unknown, revoked or over.',
    'Look at Account → Access Tokens.',
  ),
  mayNot(
    'Supabase does not let this token manage the keys of the project.',
    'It needs API Keys with Read-write, and its person must be Owner or Administrator of the project.',
  ),
  askedTooOften('Supabase'),
];
const noProject = notThere('Supabase knows no such project for this token.', 'Compare the project ref.', {
  means: 'wrong-input',
});

const way = (kind: 'secret' | 'publishable'): TurnWay => {
  const create: HttpCall = {
    does: `creates a second ${kind} key of the project`,
    method: 'POST',
    url: `${url}?reveal=true`,
    body: { type: 'json', value: { type: kind, name: '{markLower}', description: '{mark}' } },
    by: 'manager',
    success: [201],
    refusals: [
      notTaken('Supabase does not take the name or the type.', 'Make the key on the web.'),
      noProject,
      ...usual,
    ],
    repeatable: false,
  };
  return {
    id: kind,
    label: `A second ${kind} key of the project`,
    shape: 'overlap',
    formats: [kind],
    manager: {
      providers: ['supabase'],
      needs: 'a personal access token (sbp_…) of an Owner or Administrator',
    },
    inputs: [],
    permission: 'API Keys with Read-write on the token that asks.',
    make: { call: create, gives: { secret: { json: ['api_key'] } }, id: { json: ['id'] } },
    list: {
      call: {
        does: 'lists the keys of the project',
        method: 'GET',
        url,
        by: 'manager',
        success: [200],
        refusals: [noProject, ...usual],
        repeatable: true,
      },
      items: [],
      id: ['id'],
      name: ['description'],
      createdAt: ['inserted_at'],
      hint: { json: ['api_key'], how: 'masked' },
      only: { path: ['type'], is: kind },
      complete: true,
    },
    old: [{ from: 'hint' }, { from: 'name' }],
    revoke: [
      {
        does: 'deletes the old key',
        method: 'DELETE',
        url: `${url}/{id}?reason=turned`,
        by: 'manager',
        success: [200],
        refusals: [notThere('Supabase knows no such key any more.', 'Nothing to do.'), ...usual],
        repeatable: true,
      },
    ],
    revokeMeans: 'deleted',
    patience: { newSeconds: 60, oldSeconds: 120 },
    expiry: 'none',
  };
};

export const supabaseTurn = defineTurn({
  provider: 'supabase',
  ways: [
    way('secret'),
    way('publishable'),
    {
      id: 'guided',
      label: 'Make it on the web',
      shape: 'guided',
      formats: ['token', 'legacy'],
      manager: 'self',
      inputs: [],
      permission: 'The person for a token; Owner or Administrator of the project for its keys.',
      old: [],
      patience: { newSeconds: 60, oldSeconds: 120 },
      afterwards:
        'Legacy keys end together, when they are disabled for the project; a secret key takes the place of service_role.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /v1/projects/{ref}/api-keys?reveal=true with type and name gives id and api_key.',
      rotations,
    ],
    ['delete', 'DELETE …/api-keys/{id}?reason=… answers 200 with the key that was deleted.', deletePage],
    ['permission', 'A scoped token needs API Keys with Read-write.', leakPage],
    [
      'name',
      'A name begins with a small letter or _ and holds small letters, digits and _ only; others get 400.',
      naming,
    ],
    ['fields', 'A key has id, type, prefix, name, description, inserted_at.', deletePage],
    ['web-only', 'Personal access tokens are made on the web only.', rotations],
    [
      'masked',
      'That the list shows secret keys with a hidden middle was not confirmed.',
      'public code (many public files)',
      'uncertain',
    ],
    [
      'delete-twice',
      'What deleting twice answers was not found; 404 is taken for gone.',
      deletePage,
      'uncertain',
    ],
    ['settles', 'How long a deleted key is still taken was not found.', deletePage, 'uncertain'],
  ]),
});
