// Redis: a user has two passwords for as long as both are needed, set by itself or by another user. They are chosen here; only their SHA-256
// is sent.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { TurnWay } from '../turn-definition.ts';

const seen = '2026-11-28';
const run = 'run on loopback: redis-server 7.0.15 (Debian)';
const acl = 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/';

const way = (own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>): TurnWay => ({
  ...own,
  shape: 'overlap',
  inputs: [],
  chosenLength: 40,
  make: {
    call: {
      protocol: 'redis',
      does: 'gives the user a second password',
      by: 'manager',
      action: 'add-password',
      user: '{user}',
      secret: 'new',
    },
    gives: { password: { chosen: true } },
  },
  unmake: {
    protocol: 'redis',
    does: 'removes the new password again',
    by: 'manager',
    action: 'remove-password',
    user: '{user}',
    secret: 'new',
  },
  old: [{ from: 'nothing' }],
  revoke: [
    {
      protocol: 'redis',
      does: 'removes the old password',
      by: 'manager',
      action: 'remove-password',
      user: '{user}',
      secret: 'old',
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 5, oldSeconds: 5 },
  afterwards:
    'Connections that are open stay open. A server without an ACL file forgets both changes when it starts again: write the new password into its configuration too. Each server of a cluster keeps its own users.',
  expiry: 'none',
});

export const redisTurn = defineTurn({
  provider: 'redis',
  ways: [
    way({
      id: 'two-passwords',
      label: 'The user changes its own password',
      manager: 'self',
      permission: '+acl|setuser for the user itself, and +acl|save where the server has an ACL file.',
    }),
    way({
      id: 'two-passwords-managed',
      label: 'Another user changes the password',
      manager: { providers: ['redis'], needs: 'a user with +acl|setuser, at the same server' },
      permission: '+acl|setuser, and +acl|save where the server has an ACL file.',
    }),
  ],
  facts: factsOf(seen, [
    ['two-passwords', 'A user may have several passwords at once.', run],
    ['hash', '#HASH adds a password by its SHA-256, !HASH removes it: the password itself is not sent.', acl],
    ['self', 'A user with +acl|setuser can change its own passwords.', run],
    ['missing', 'Removing a password that is not there is an error that says so.', run],
    ['makes-users', 'ACL SETUSER makes a user that is not there: ACL DRYRUN tells before.', run],
    ['nopass', 'A first password ends nopass: whoever comes with another one or none is refused.', run],
    ['save', 'ACL SAVE wants an ACL file; without one the change is gone when the server starts again.', run],
    ['open', 'Open connections outlive a removed password.', run],
    ['cluster', 'Users are not replicated: every server of a cluster has its own.', acl, 'uncertain'],
  ]),
});
