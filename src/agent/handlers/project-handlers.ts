// Projects, environments and plain variables.
import { ok } from '../../core/model/result.ts';
import { variablesOf } from '../../core/keys/book.ts';
import { find } from '../../core/keys/edit.ts';
import {
  addEnvironment,
  addProject,
  removeEnvironment,
  removeProject,
  renameEnvironment,
  renameProject,
} from '../../core/keys/projects.ts';
import { dueCount } from '../../core/keys/due/due-list.ts';
import { listKeys } from '../../core/keys/summary.ts';
import { builtInConsumers } from '../../core/providers/consumers.ts';
import { putVariable, removeVariable } from '../../core/keys/variables.ts';
import type { SessionGroup, SessionHandlers } from '../handler.ts';
import { commitEdit } from './commit-edit.ts';
import { viewConsumer, viewProjects, viewProvider } from './views.ts';

const overview: SessionHandlers<'overview.read'> = {
  'overview.read': ({ session, core }) => {
    const book = session.book();
    const summaries = listKeys(book, {}, core.nowMs());
    return ok({
      projects: viewProjects(book),
      providers: book.catalogue().providers.map(viewProvider),
      consumers: builtInConsumers.map(viewConsumer),
      keys: summaries.length,
      removed: book.keys.size - summaries.length,
      warnings: summaries.filter(({ warnings }) => warnings.some(({ severity }) => severity !== 'info'))
        .length,
      due: dueCount(session.dueWork()),
    });
  },
};

const projects: SessionGroup<'project'> = {
  'project.add': (context, { name }) => commitEdit(context, addProject(context.work(), name)),
  'project.rename': (context, { id, name }) => commitEdit(context, renameProject(context.work(), id, name)),
  'project.remove': (context, { id }) => commitEdit(context, removeProject(context.work(), id)),
};

const environments: SessionGroup<'environment'> = {
  'environment.add': (context, { projectId, name }) =>
    commitEdit(context, addEnvironment(context.work(), projectId, name)),
  'environment.rename': (context, { id, name }) =>
    commitEdit(context, renameEnvironment(context.work(), id, name)),
  'environment.remove': (context, { id }) => commitEdit(context, removeEnvironment(context.work(), id)),
};

const variables: SessionGroup<'variables'> = {
  'variables.list': ({ session }, { environmentId }) => {
    const environment = find(session.book().environments, environmentId, 'environment');
    if (!environment.ok) return environment;
    const all = variablesOf(session.book(), environmentId);
    return ok(all.map(({ id, body }) => ({ id, name: body.name, value: body.value })));
  },
  'variables.put': (context, { environmentId, name, value }) =>
    commitEdit(context, putVariable(context.work(), environmentId, name, value)),
  'variables.remove': (context, { id }) => commitEdit(context, removeVariable(context.work(), id)),
};

export const projectHandlers = { ...overview, ...projects, ...environments, ...variables };
