import { z } from 'zod';
import { readInstant } from '../../model/image.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, ResourcePlace, Resources } from '../../product/resources.ts';
import type { Permission } from '../../resource-kinds.ts';
import { API, apiPages, change, make, numberIn, ONE_BYTES_MAX, partsOfId } from './api.ts';
import type { Rights } from './rights.ts';

/** With all that it says: what is changed is sent back whole. */
const label = z.looseObject({
  id: z.number().int(),
  name: z.string().min(1),
  description: z.string().catch(''),
  color: z.string().catch(''),
  creation_time: z.string().optional().catch(undefined),
});
const labels = z.array(label);
type Label = z.infer<typeof label>;

/** Of the registry or of a project, which is a part of their ids: Harbor says only its number. @see Harbor API v2.0, `/labels` */
export function labelResources(api: ProductApi, rights: Rights): Resources<'label'> {
  const url = (id: string) => `${API}/labels/${numberIn(partsOfId(id)[1])}`;
  const placeOf = (id: string): ResourcePlace => {
    const [project] = partsOfId(id);
    return project === '' ? {} : { project };
  };
  const get = (id: string, signal: AbortSignal | undefined) =>
    api.json({ method: 'GET', url: url(id), signal }, label, { maxBytes: ONE_BYTES_MAX });
  const mayIn = async ({ project }: ResourcePlace, signal: AbortSignal | undefined) => {
    if (project === undefined) {
      const may = await rights.inSystem(signal);
      return () => may;
    }
    const may = await rights.inProject(project, signal);
    return (action: string) => may('label', action);
  };
  return {
    scopes: ['registry', 'project'],
    fields: ['description', 'color'],
    async *list(place, signal) {
      const { project } = place;
      const number = project === undefined ? undefined : (await rights.project(project, signal)).id;
      const scope = number === undefined ? 'scope=g' : `scope=p&project_id=${number}`;
      const may = await mayIn(place, signal);
      for await (const page of apiPages(api, `${API}/labels?${scope}`, labels, signal))
        yield page.map((one) => resourceOf(one, place, may));
    },
    async read(id, signal) {
      const place = placeOf(id);
      return resourceOf(await get(id, signal), place, await mayIn(place, signal));
    },
    mayCreate: async (place, signal) => (await mayIn(place, signal))('create'),
    async create({ project }, { name, fields }, signal) {
      const { description, color } = fields;
      const body = {
        name,
        description: description ?? '',
        color: color ?? '',
        ...(project === undefined
          ? { scope: 'g' }
          : { scope: 'p', project_id: (await rights.project(project, signal)).id }),
      };
      const id = await make(api, { url: `${API}/labels`, body, signal });
      return { id: `${project ?? ''}/${id}` };
    },
    async change(id, { description, color }, signal) {
      const body = {
        ...(await get(id, signal)),
        ...(description === undefined ? {} : { description: description ?? '' }),
        ...(color === undefined ? {} : { color: color ?? '' }),
      };
      await change(api, 'PUT', { url: url(id), body, signal });
    },
    delete: (id, signal) => change(api, 'DELETE', { url: url(id), signal }),
  };
}

function resourceOf(
  { id, name, description, color, creation_time }: Label,
  { project }: ResourcePlace,
  may: (action: string) => Permission,
): Resource<'label'> {
  const created = readInstant(creation_time);
  return {
    kind: 'label',
    id: `${project ?? ''}/${id}`,
    name,
    ...(project === undefined ? {} : { project }),
    fields: { description, color, ...(created === undefined ? {} : { created }) },
    may: { change: may('update'), delete: may('delete') },
  };
}
