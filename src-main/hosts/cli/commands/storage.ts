import type { RepositoryStorage, StorageSummary, StoredItem } from '../../../common/storage.ts';
import { parseReference } from '../../../engine/index.ts';
import { type AccessOverrides, registryKey, type StoragePart } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { bytesText, counted, print, printJson, report, shortDigest } from '../output.ts';
import { parseScanned, scanOnce, warnOfUnread } from '../run-scan.ts';
import { Table } from '../table.ts';

/** Layers, configs and manifests that are named. */
const LARGEST = 20;
/** Repositories read at once. */
const PAGE = 1_000;

/**
 * `storage HOST[/NAMESPACE/]`, `storage HOST/REPOSITORY` or `storage HOST/REPOSITORY:TAG…`: looks for what is new there, then shows what
 * it holds. Sizes need no configs: they are not read.
 */
export async function storage(
  context: Context,
  places: readonly string[],
  access: AccessOverrides,
): Promise<void> {
  const [place = '', ...others] = places;
  if (others.length > 0 || namesTag(place)) await storageOfTags(context, places, access);
  else await storageOfPlace(context, place, access);
}

async function storageOfPlace(context: Context, place: string, access: AccessOverrides): Promise<void> {
  const { core, json, signal } = context;
  const { host, ...part } = parseScanned(place);
  const registry = await context.registry(host, access, part.repository);
  const scan = await scanOnce(context, registry, { ...part, readManifests: false, dates: false });
  warnOfUnread(scan);
  const key = registryKey(registry.place);
  const summary = await core.storage.summary(key, part, { signal });
  const repositories = await repositoriesOf(context, key, part);
  const page = { ...part, offset: 0, limit: LARGEST };
  const { items: largest } = await core.storage.largest(key, page, { signal });
  if (json) {
    await printJson(documentOf(summary, repositories, largest));
    return;
  }
  await print([
    ...totalsText(summary),
    '',
    ...repositoriesTable(repositories),
    ...(largest.length > 0 ? ['', ...largestTable(largest)] : []),
  ]);
  if (summary.known.unread > 0)
    report(
      `Not read: ${counted(summary.known.unread, 'manifest')}. Sizes are at least what is shown.` +
        (scan.costsPulls
          ? ' The registry counts reading each as a pull; scan --read-manifests reads them.'
          : ''),
    );
}

/** The repositories that they are in are scanned, and no others: what is known of these counts. */
async function storageOfTags(
  context: Context,
  references: readonly string[],
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const tags = references.map(tagOf);
  const [{ host, repository: first } = { host: '', repository: '' }] = tags;
  if (tags.some((one) => one.host !== host))
    throw new UsageError('These tags are in several registries, which share no content.');
  const registry = await context.registry(host, access, first);
  for (const repository of new Set(tags.map((one) => one.repository)))
    warnOfUnread(await scanOnce(context, registry, { repository, readManifests: false, dates: false }));
  const choice = { tags: tags.map(({ repository, tag }) => ({ repository, tag })) };
  const { known, ...sums } = await core.storage.chosen(registryKey(registry.place), choice, { signal });
  const { freed } = sums;
  if (json) {
    await printJson({ ...sums, scanned: known.scanned, complete: known.complete });
    return;
  }
  await print([
    [counted(sums.tags, 'tag'), counted(sums.manifests, 'manifest')].join(', '),
    ...new Table(['', '', ''], [1]).lines([
      ['unique', bytesText(sums.uniqueBytes), 'every layer, config and manifest once'],
      ['referenced', bytesText(sums.referencedBytes), 'what each tag holds, summed up'],
      ['shared', bytesText(sums.sharedBytes), 'needed by other tags of the registry, too'],
      ['exclusive', bytesText(sums.exclusiveBytes), 'needed by no other tag: free once they go'],
    ]),
  ]);
  if (sums.estimated > 0)
    report(`Not known: all of ${counted(sums.estimated, 'tag')}. Sizes are at least what is shown.`);
  if (freed.atMost)
    report('Not all of the registry was scanned: other tags of it may need some of what is exclusive here.');
}

/** Something that is no host and no namespace, with a tag. */
function namesTag(place: string): boolean {
  return place.includes('/') && !place.endsWith('/') && parseReference(place).tag !== undefined;
}

function tagOf(text: string): { host: string; repository: string; tag: string } {
  const { host, repository, tag, digest } = parseReference(text);
  if (tag === undefined || digest !== undefined)
    throw new UsageError(`"${text}" names no tag: of several places, each is HOST/REPOSITORY:TAG.`);
  return { host, repository, tag };
}

/** Those that hold the most alone first. */
async function repositoriesOf(
  { core, signal }: Context,
  key: string,
  part: StoragePart,
): Promise<RepositoryStorage[]> {
  const all: RepositoryStorage[] = [];
  for (;;) {
    const page = { ...part, sort: 'exclusiveBytes', offset: all.length, limit: PAGE } as const;
    const { items, total } = await core.storage.repositories(key, page, { signal });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

function documentOf(
  { repositories, tags, manifests, referencedBytes, uniqueBytes, sharedBytes, known }: StorageSummary,
  byRepository: readonly RepositoryStorage[],
  largest: readonly StoredItem[],
): object {
  return {
    repositories,
    tags,
    manifests,
    referencedBytes,
    uniqueBytes,
    sharedBytes,
    byRepository: byRepository.map((each) => ({
      repository: each.repository,
      tags: each.tags,
      uniqueBytes: each.uniqueBytes,
      exclusiveBytes: each.exclusiveBytes,
    })),
    largest: largest.map((each) => ({
      digest: each.digest,
      size: each.size,
      repositories: each.repositories,
      tags: each.tags,
    })),
    scanned: known.scanned,
    complete: known.complete,
  };
}

function totalsText(summary: StorageSummary): string[] {
  const { repositories, tags, manifests, uniqueBytes, referencedBytes, sharedBytes } = summary;
  const counts = [
    counted(repositories, 'repository', 'repositories'),
    counted(tags, 'tag'),
    counted(manifests, 'manifest'),
  ];
  const sizes = new Table(['', '', ''], [1]).lines([
    ['unique', bytesText(uniqueBytes), 'every layer, config and manifest once'],
    ['referenced', bytesText(referencedBytes), 'what each tag holds, summed up'],
    ['shared', bytesText(sharedBytes), 'used by more than one repository of the registry'],
  ]);
  return [counts.join(', '), ...sizes];
}

function repositoriesTable(repositories: readonly RepositoryStorage[]): string[] {
  return new Table(['TAGS', 'UNIQUE', 'ONLY THERE', 'REPOSITORY'], [0, 1, 2]).lines(
    repositories.map(({ repository, tags, uniqueBytes, exclusiveBytes }) => [
      String(tags),
      bytesText(uniqueBytes),
      bytesText(exclusiveBytes),
      repository,
    ]),
  );
}

function largestTable(largest: readonly StoredItem[]): string[] {
  return new Table(['SIZE', 'TAGS', 'REPOSITORIES', 'KIND', 'LARGEST'], [0, 1, 2]).lines(
    largest.map(({ digest, size, kind, repositories, tags, moreTags }) => [
      bytesText(size),
      moreTags ? `>${tags}` : String(tags),
      String(repositories),
      kind,
      shortDigest(digest),
    ]),
  );
}
