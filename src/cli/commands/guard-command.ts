// guard: the git hook that looks for keys before they leave; put in place, taken away, looked at. Needs no password.
import { resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { Answer, Command, Context } from '../command.ts';

type View = CallOutput<'guard.install'>;

const text = (view: View): string => {
  if (!view.installed) return view.problem ?? `There is no guard in ${view.repo}.`;
  const hooks = view.prePush ? 'commits and pushes' : 'commits';
  const chain = view.chained === null ? '' : `\nWhat was there runs afterwards: ${view.chained}`;
  const problem = view.problem === null ? '' : `\n${view.problem}`;
  return `The guard looks at ${hooks} of ${view.repo}.${chain}${problem}`;
};

const answer = (view: View, isAsked: boolean): Answer => ({
  json: view,
  text: text(view),
  code: isAsked && !view.installed ? 1 : 0,
});

const act = async (context: Context, what: string, repo: string): Promise<Result<Answer>> => {
  const door = await context.own();
  if (!door.ok) return door;
  const { send } = door.value;
  if (what === 'status') {
    const views = await send('guard.status', { repo });
    if (!views.ok) return views;
    const [view] = views.value;
    return view === undefined
      ? fail('not-found', 'There is no git repository.', 'Give its folder.')
      : ok(answer(view, true));
  }
  const prePush = context.words.flags.has('pre-push');
  const done =
    what === 'install'
      ? await send('guard.install', { repo, prePush })
      : await send('guard.remove', { repo });
  return done.ok ? ok(answer(done.value, false)) : done;
};

export const guard: Command = {
  summary: 'a git hook that stops keys before they are committed; chains to hooks that are there',
  usage: 'keyturn guard install|remove|status [REPO] [--pre-push]',
  options: { 'pre-push': 'flag' },
  positionals: [1, 2],
  run: async (context) => {
    const [what = '', repo = '.'] = context.words.positionals;
    if (!['install', 'remove', 'status'].includes(what))
      return fail(
        'bad-input',
        `guard knows no "${what}".`,
        'keyturn guard install|remove|status [REPO] [--pre-push]',
      );
    return act(context, what, resolve(repo));
  },
};
