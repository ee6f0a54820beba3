import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import { apiPages, BY_NAME, change, make, numberIn, partsOfId, projectPath } from './api.ts';
import type { MayInProject, Rights } from './rights.ts';
import { nameOfPatterns, patternsOf, selecting, selectorsOf } from './selectors.ts';

const rule = z.looseObject({
  id: z.number().int(),
  /** Left out where it is not. */
  disabled: z.boolean().optional().catch(undefined),
  ...selecting,
});
const rules = z.array(rule);
type Rule = z.infer<typeof rule>;

/** @see Harbor API v2.0, `/projects/{p}/immutabletagrules` */
export function immutableRuleResources(api: ProductApi, rights: Rights): Resources<'immutableRule'> {
  const listOf = (project: string) => `${projectPath(project)}/immutabletagrules`;
  /** There is no reading of one. */
  const get = async (id: string, signal: AbortSignal | undefined) => {
    const [project, number] = partsOfId(id);
    for await (const page of apiPages(api, listOf(project), rules, signal, BY_NAME)) {
      const one = page.find((found) => String(found.id) === number);
      if (one) return { project, one };
    }
    throw new RegistryError('notFound', '', { reason: 'There is no such rule.' });
  };
  const urlOf = (id: string) => {
    const [project, number] = partsOfId(id);
    return `${listOf(project)}/${numberIn(number)}`;
  };
  return {
    scopes: ['project'],
    fields: ['repositories', 'repositoriesExcept', 'tags', 'tagsExcept', 'disabled'],
    async *list({ project }, signal) {
      if (project === undefined) return;
      const may = await rights.inProject(project, signal);
      for await (const page of apiPages(api, listOf(project), rules, signal, BY_NAME))
        yield page.map((one) => resourceOf(project, one, may));
    },
    async read(id, signal) {
      const { project, one } = await get(id, signal);
      return resourceOf(project, one, await rights.inProject(project, signal));
    },
    async mayCreate({ project }, signal) {
      if (project === undefined) return 'unsupported';
      return (await rights.inProject(project, signal))('immutable-tag', 'create');
    },
    async create({ project = '' }, { fields }, signal) {
      const body = {
        disabled: fields.disabled ?? false,
        action: 'immutable',
        template: 'immutable_template',
        ...selectorsOf(fields, {}),
      };
      const id = await make(api, { url: listOf(project), headers: BY_NAME, body, signal });
      return { id: `${project}/${id}` };
    },
    async change(id, fields, signal) {
      const { one } = await get(id, signal);
      const body = {
        ...one,
        disabled: fields.disabled ?? one.disabled ?? false,
        ...selectorsOf(fields, patternsOf(one)),
      };
      await change(api, 'PUT', { url: urlOf(id), headers: BY_NAME, body, signal });
    },
    delete: (id, signal) => change(api, 'DELETE', { url: urlOf(id), headers: BY_NAME, signal }),
  };
}

function resourceOf(project: string, one: Rule, may: MayInProject): Resource<'immutableRule'> {
  const patterns = patternsOf(one);
  return {
    kind: 'immutableRule',
    id: `${project}/${one.id}`,
    name: nameOfPatterns(patterns),
    project,
    fields: { ...patterns, disabled: one.disabled ?? false },
    may: { change: may('immutable-tag', 'update'), delete: may('immutable-tag', 'delete') },
  };
}
