import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { checkDigest } from '../../model/digest.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import { API, apiPages, change, ONE_BYTES_MAX, repositoryPath } from './api.ts';
import type { Rights } from './rights.ts';

const labels = z.array(z.object({ id: z.number().int(), name: z.string().min(1) }));
type Labels = z.infer<typeof labels>;

/** Labels of one artifact. */
export const labelsOfOne = labels.nullish().catch(undefined);
const artifact = z.object({ labels: labelsOfOne });

export const labelNames = (found: Labels | null | undefined): string[] =>
  (found ?? []).map(({ name }) => name);

/**
 * Labels that an artifact has, of those of the registry and of its project.
 *
 * @see Harbor API v2.0, `/projects/{p}/repositories/{r}/artifacts/{ref}/labels`
 */
export function artifactResources(api: ProductApi, rights: Rights): Resources<'artifact'> {
  const get = async (id: string, signal: AbortSignal | undefined): Promise<Labels> => {
    const asked = { method: 'GET', url: `${placeOf(id).url}?with_label=true`, signal } as const;
    return (await api.json(asked, artifact, { maxBytes: ONE_BYTES_MAX })).labels ?? [];
  };
  /** Those that there are to choose from: the project's own come first. */
  const known = async (project: string, signal: AbortSignal | undefined): Promise<Labels> => {
    const { id } = await rights.project(project, signal);
    const found: Labels = [];
    for (const scope of [`scope=p&project_id=${id}`, 'scope=g'])
      for await (const page of apiPages(api, `${API}/labels?${scope}`, labels, signal)) found.push(...page);
    return found;
  };
  return {
    scopes: ['artifact'],
    fields: ['labels'],
    async *list() {
      // They are listed with their repository.
    },
    async read(id, signal): Promise<Resource<'artifact'>> {
      const { project } = placeOf(id);
      const [found, may] = await Promise.all([get(id, signal), rights.inProject(project, signal)]);
      return {
        kind: 'artifact',
        id,
        name: id,
        project,
        fields: { labels: labelNames(found) },
        may: { change: may('artifact-label', 'create') },
      };
    },
    mayCreate: async () => 'builtIn',
    async choices({ project }, signal) {
      return project === undefined ? {} : { labels: [...new Set(labelNames(await known(project, signal)))] };
    },
    async change(id, { labels: wanted }, signal) {
      if (wanted == null) return;
      const { project, url } = placeOf(id);
      const [now, all] = await Promise.all([get(id, signal), known(project, signal)]);
      const added = wanted.filter((name) => !now.some((one) => one.name === name));
      const found = added.map((name) => labelNamed(all, name));
      for (const one of found)
        await change(api, 'POST', { url: `${url}/labels`, body: { id: one.id }, signal });
      for (const one of now)
        if (!wanted.includes(one.name))
          await change(api, 'DELETE', { url: `${url}/labels/${one.id}`, signal });
    },
  };
}

/** @throws {RegistryError} `notFound` */
function labelNamed(all: Labels, name: string): Labels[number] {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  throw new RegistryError('notFound', '', {
    reason: `Neither the registry nor the project has a label ${name}: it has to be made first.`,
  });
}

/** Of `repository@digest`. @throws {RegistryError} `invalidReference` */
function placeOf(id: string): { project: string; url: string } {
  const [repository = '', digest = ''] = id.split('@');
  const [project = ''] = repository.split('/');
  return { project, url: `${repositoryPath(repository)}/artifacts/${checkDigest(digest)}` };
}
