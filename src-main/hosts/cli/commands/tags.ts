import type { Failure } from '../../../common/failure.ts';
import type { TagAnswer } from '../../../common/tag.ts';
import { type ContentReference, layoutName, RegistryError } from '../../../engine/index.ts';
import { type AccessOverrides, failureOf, type RegistryHandle } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure, errorDocument, reasonOf, UsageError } from '../failures.ts';
import { bytesText, kindText, platformText, print, printJson, shortDigest } from '../output.ts';
import { parseRepository, readContentReference } from '../references.ts';
import { Table } from '../table.ts';

export interface TagsFlags {
  /** Names only: what they point at is not asked. */
  readonly names?: boolean;
}

const COLUMNS = ['TAG', 'DIGEST', 'SIZE', 'CREATED', 'PLATFORMS'];
/** The widest that the columns after the name become, so that rows can be shown before the last one is known. */
const WIDEST = ['sha256:0123456789ab', '1.23 GB', '2024-01-01', ''];

/** `tags HOST/REPO` or `tags oci:DIR`, in the registry's order; each row as soon as it and all before it are known. */
export async function tags(
  context: Context,
  place: string,
  flags: TagsFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const content = readContentReference(place);
  if (content) {
    await contentTags(context, place, content, flags);
    return;
  }
  const { host, repository } = parseRepository(place);
  const registry = await context.registry(host, access, repository);
  const table = new Table(COLUMNS, [2]);
  const rows: object[] = [];
  let failure: Failure | undefined;
  let printed = false;

  for await (const page of core.catalog.tags(registry, repository, { signal })) {
    if (page.tags.length === 0) continue;
    if (flags.names) {
      if (json) rows.push(...page.tags.map((name) => ({ name })));
      else await print(page.tags);
      continue;
    }
    table.fit(page.tags.map((name) => [name, ...WIDEST]));
    if (!json && !printed) await print(table.header());
    printed = true;
    for await (const answer of inOrder(context, registry, repository, page.tags)) {
      failure ??= failureIn(answer);
      if (json) rows.push(documentOf(answer));
      else await print(table.line(rowOf(answer)));
    }
  }
  if (json) await printJson({ repository: `${registry.host}/${repository}`, tags: rows });
  if (failure) throw new CommandFailure(failure);
}

/** The images of a place outside registries, by their names. */
async function contentTags(
  { core, json, signal }: Context,
  text: string,
  { place, reference }: ContentReference,
  { names = false }: TagsFlags,
): Promise<void> {
  if (reference !== undefined) throw new UsageError(`"${text}" names an image: give the place alone.`);
  if (names) {
    const found = (await core.content.names(place, { signal })).map(layoutName);
    if (json) await printJson({ repository: text, tags: found.map((name) => ({ name })) });
    else await print(found);
    return;
  }
  const answers: TagAnswer[] = [];
  for await (const { name, answer } of core.content.tagDetails(place, { signal }))
    answers.push(withName(answer, layoutName(name)));
  if (json) await printJson({ repository: text, tags: answers.map(documentOf) });
  else await print(new Table(COLUMNS, [2]).lines(answers.map(rowOf)));
  const failure = answers.map(failureIn).find((each) => each !== undefined);
  if (failure) throw new CommandFailure(failure);
}

function withName(answer: TagAnswer, name: string): TagAnswer {
  return 'failure' in answer ? { ...answer, name } : { name, details: { ...answer.details, name } };
}

/** The answers for these tags in the order of the tags, each as soon as it may be reported. */
async function* inOrder(
  { core, signal }: Context,
  registry: RegistryHandle,
  repository: string,
  names: readonly string[],
): AsyncGenerator<TagAnswer, void, void> {
  const waiting = new Map<string, TagAnswer>();
  let next = 0;
  for await (const answer of core.catalog.tagDetails(registry, repository, names, { signal })) {
    waiting.set(answer.name, answer);
    for (;;) {
      const name = names[next] ?? '';
      const ready = waiting.get(name);
      if (!ready) break;
      waiting.delete(name);
      next += 1;
      yield ready;
    }
  }
}

/** Why a tag's line is not what it should be: nothing could be had of it, or what came could not be read. */
function failureIn(answer: TagAnswer): Failure | undefined {
  if ('failure' in answer) return answer.failure;
  const { unreadable } = answer.details;
  return unreadable === undefined
    ? undefined
    : failureOf(new RegistryError('invalidResponse', '', { reason: unreadable }));
}

function documentOf(answer: TagAnswer): object {
  const failure = failureIn(answer);
  const failed = failure && { error: errorDocument(failure) };
  if ('failure' in answer) return { name: answer.name, ...failed };
  const { name, digest, mediaType, size, created, platforms } = answer.details;
  return {
    name,
    digest,
    mediaType,
    size,
    created: created ?? null,
    platforms: platforms.map(platformText),
    ...failed,
  };
}

function rowOf(answer: TagAnswer): string[] {
  if ('failure' in answer) return [answer.name, '-', '-', '-', reasonOf(answer.failure)];
  const { name, digest, size, created, platforms, artifactType, kind } = answer.details;
  const what =
    platforms.length > 0 ? platforms.map(platformText).join(', ') : (artifactType ?? kindText(kind));
  return [name, shortDigest(digest), bytesText(size), created?.slice(0, 10) ?? '-', what];
}
