import type { RegistryHandle } from '../../services/index.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failures.ts';

/** The digest of a tag, by its line, which counts as no pull; a digest is its own. @throws CommandFailure `notFound` */
export async function digestAt(
  { core, signal }: Context,
  registry: RegistryHandle,
  repository: string,
  reference: string,
): Promise<string> {
  if (reference.includes(':')) return reference;
  for await (const answer of core.catalog.tagDetails(registry, repository, [reference], { signal }))
    if ('details' in answer) return answer.details.digest;
  throw new CommandFailure({ code: 'notFound', message: `There is no tag ${reference} in ${repository}.` });
}
