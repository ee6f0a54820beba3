import type { AccessOverrides, Failure, RegistryHandle, TagAnswer } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { bytesText, platformText, print, printJson, shortDigest } from '../output.ts';
import { parseRepository } from '../references.ts';
import { Table } from '../table.ts';

/** Details are asked for in batches, so that the first rows of a large repository come at once. */
const BATCH = 100;

/** `tags HOST/REPO`, in the registry's order. A tag that goes meanwhile is left out. */
export async function tags(context: Context, place: string, access: AccessOverrides): Promise<void> {
  const { core, json, signal } = context;
  const { host, repository } = parseRepository(place);
  const registry = await context.registry(host, access);
  const table = new Table(['TAG', 'DIGEST', 'SIZE', 'CREATED', 'PLATFORMS'], [2]);
  const rows: object[] = [];
  let failure: Failure | undefined;
  let printed = false;

  for await (const page of core.catalog.tags(registry, repository, { signal })) {
    for (let start = 0; start < page.tags.length; start += BATCH) {
      const answers = await detailsOf(context, registry, repository, page.tags.slice(start, start + BATCH));
      failure ??= answers.map((answer) => ('failure' in answer ? answer.failure : undefined)).find(Boolean);
      if (json) {
        rows.push(...answers.map(documentOf));
        continue;
      }
      const lines = answers.map(rowOf);
      table.fit(lines);
      if (!printed && lines.length > 0) await print(table.header());
      printed ||= lines.length > 0;
      if (lines.length > 0) await print(lines.map((line) => table.line(line)));
    }
  }
  if (json) await printJson({ repository: `${registry.host}/${repository}`, tags: rows });
  if (failure) throw new CommandFailure(failure);
}

async function detailsOf(
  { core, signal }: Context,
  registry: RegistryHandle,
  repository: string,
  names: readonly string[],
): Promise<TagAnswer[]> {
  const answers = new Map<string, TagAnswer>();
  for await (const answer of core.catalog.tagDetails(registry, repository, names, { signal })) {
    answers.set(answer.name, answer);
  }
  return names.flatMap((name) => {
    const answer = answers.get(name);
    return answer && !('failure' in answer && answer.failure.code === 'notFound') ? [answer] : [];
  });
}

function documentOf(answer: TagAnswer): object {
  if ('failure' in answer) {
    const { code, message, reason } = answer.failure;
    return { name: answer.name, error: { code, message, reason: reason ?? null } };
  }
  const { name, digest, mediaType, size, created, platforms } = answer.details;
  return { name, digest, mediaType, size, created: created ?? null, platforms: platforms.map(platformText) };
}

function rowOf(answer: TagAnswer): string[] {
  if ('failure' in answer) return [answer.name, '-', '-', '-', answer.failure.message];
  const { name, digest, size, created, platforms, artifactType, kind } = answer.details;
  const what = platforms.length > 0 ? platforms.map(platformText).join(', ') : (artifactType ?? kind);
  return [name, shortDigest(digest), bytesText(size), created?.slice(0, 10) ?? '-', what];
}
