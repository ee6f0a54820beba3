import type {
  FoundPackage,
  FoundPlace,
  LayerFile,
  LookedInto,
  Sought,
  UnreadLayers,
} from '../../../common/find.ts';
import type { Context } from '../context.ts';
import { bytesText, counted, platformText, print, printJson, report, shortDigest } from '../output.ts';
import { Table } from '../table.ts';

export interface FindFlags {
  /** Of packages: this ecosystem alone. */
  readonly type?: string;
}

/** Rows asked for at once. */
const PAGE = 1_000;
/** Places of repositories and tags. */
const TAGS_MAX = 200;

/** `find digest|layer|tag|package|file`: asks no registry. */
export async function find(
  context: Context,
  what: 'digest' | 'tag' | 'package' | 'file',
  text: string,
  { type }: FindFlags,
): Promise<void> {
  switch (what) {
    case 'digest':
      await findDigest(context, text);
      break;
    case 'tag':
      await findTag(context, text);
      break;
    case 'package':
      await findPackage(context, text, type);
      break;
    case 'file':
      await findFile(context, text);
  }
}

async function findDigest(context: Context, text: string): Promise<void> {
  const { core, json, signal } = context;
  const found = await core.find.digests(text, { signal });
  const items = [];
  for (const each of found) items.push({ ...each, places: await placesOf(context, { digest: each.digest }) });
  if (json) {
    await printJson({ query: text, items });
    return;
  }
  const rows = items.flatMap(({ digest, kind, size, places }) =>
    places.map((place) => [
      shortDigest(digest),
      kind,
      size === undefined ? '' : bytesText(size),
      ...placeCells(place),
    ]),
  );
  await print(new Table(['DIGEST', 'KIND', 'SIZE', 'PLATFORM', 'PLACE'], [2]).lines(rows));
  const { unread } = await core.find.looked(undefined, { signal });
  report(
    `${counted(items.length, 'digest')} in ${counted(rows.length, 'place')}.${
      unread > 0 ? ` ${counted(unread, 'manifest')} of the scanned registries were not read.` : ''
    }`,
  );
}

async function findTag({ core, json, signal }: Context, text: string): Promise<void> {
  const hosts = new Map(core.accounts.list().map(({ id, host }) => [id, host]));
  const { places, waiting } = await core.catalog.search(text, TAGS_MAX, { signal, origins: true });
  const found = places.flatMap(({ accountId, ...place }) => {
    // What was scanned without an account goes by its origin.
    const host = hosts.get(accountId) ?? /^https?:\/\/(.+)$/.exec(accountId)?.[1];
    return host === undefined ? [] : [{ host, ...place }];
  });
  if (json) {
    await printJson({ query: text, items: found, waiting });
    return;
  }
  await print(
    found.map(({ host, repository, tag }) =>
      tag === undefined ? `${host}/${repository}` : `${host}/${repository}:${tag}`,
    ),
  );
  const more = places.length === TAGS_MAX ? ' There are more: add words.' : '';
  const later = waiting > 0 ? ` ${waiting} that were just listed cannot be found yet.` : '';
  report(`${counted(found.length, 'place')}.${more}${later}`);
}

async function findPackage(context: Context, text: string, type: string | undefined): Promise<void> {
  const { core, json, signal } = context;
  const wanted = { text, ...(type === undefined ? {} : { type }) };
  const found: FoundPackage[] = [];
  let isCut = false;
  for (let offset = 0; ; offset += PAGE) {
    const page = await core.find.packages({ ...wanted, offset, limit: PAGE }, { signal });
    found.push(...page.items);
    isCut ||= page.more;
    if (offset + PAGE >= page.total) break;
  }
  const looked = await core.find.looked(undefined, { signal });
  const items = [];
  for (const { images: _, moreImages: __, ...each } of found) {
    const { type: of, name, version } = each;
    items.push({ ...each, places: await placesOf(context, { package: { type: of, name, version } }) });
  }
  if (json) {
    await printJson({ query: text, items, more: isCut, looked });
    return;
  }
  const rows = items.flatMap(({ type: of, name, version, uncertain, places }) =>
    places.map((place) => [name, uncertain ? `${version} ?` : version, of, ...placeCells(place)]),
  );
  await print(new Table(['PACKAGE', 'VERSION', 'TYPE', 'PLATFORM', 'PLACE']).lines(rows));
  report([
    `${counted(items.length, 'version')} in ${counted(rows.length, 'image')}.`,
    ...(isCut ? ['Too many names match to check them all: give more of the name.'] : []),
    ...(items.some(({ uncertain }) => uncertain)
      ? ['Versions marked with ? cannot be compared in their ecosystem and may not match.']
      : []),
    ...lookedText(looked),
  ]);
}

async function findFile(context: Context, text: string): Promise<void> {
  const { core, json, signal } = context;
  const found: LayerFile[] = [];
  let layers = { done: 0, total: 0 };
  let isCut = false;
  let unsummed = 0;
  for await (const each of core.find.files(text, { signal })) {
    found.push(...each.files);
    layers = each.layers;
    unsummed = each.unsummed;
    isCut = each.more;
  }
  const places = new Map<string, FoundPlace[]>();
  for (const { layer } of found)
    if (!places.has(layer)) places.set(layer, await placesOf(context, { digest: layer }));
  const files = found.map((file) => ({ ...file, places: places.get(file.layer) ?? [] }));
  if (json) {
    const unread = await core.find.unreadLayers(undefined, { signal });
    await printJson({ query: text, files, layers, unsummed, more: isCut, unread });
    return;
  }
  const rows = files.flatMap(({ path, size, layer, places: of }) =>
    of.map((place) => [path, bytesText(size), shortDigest(layer), ...placeCells(place)]),
  );
  await print(new Table(['FILE', 'SIZE', 'LAYER', 'PLATFORM', 'PLACE'], [1]).lines(rows));
  report([
    `${counted(files.length, 'file')} in ${counted(layers.total, 'layer')} that ${layers.total === 1 ? 'was' : 'were'} read; a layer above may have taken one away.`,
    ...(unsummed > 0 ? [`The contents of ${counted(unsummed, 'file')} in them are unknown.`] : []),
    ...(isCut ? ['There are more: the search ended.'] : []),
    ...unreadText(await core.find.unreadLayers(undefined, { signal })),
  ]);
}

/** Files that nobody knows. */
function unreadText({ layers, bytes }: UnreadLayers): string[] {
  if (layers === 0) return [];
  return [`${counted(layers, 'layer')} (${bytesText(bytes)}) not read: find look HOST --files reads them.`];
}

async function placesOf({ core, signal }: Context, of: Sought): Promise<FoundPlace[]> {
  const all: FoundPlace[] = [];
  for (;;) {
    const { items, total } = await core.find.places({ of, offset: all.length, limit: PAGE }, { signal });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

function placeCells({ host, repository, digest, platforms, tags, moreTags }: FoundPlace): string[] {
  const [tag] = tags;
  const more = tags.length + moreTags - 1;
  const place =
    tag === undefined
      ? `${host}/${repository}@${digest}`
      : `${host}/${repository}:${tag}${more > 0 ? ` (+${more})` : ''}`;
  return [platforms.map(platformText).join(' '), place];
}

/** What nobody knows, which is not the same as what is not there. */
export function lookedText({ images, looked, partly, unread }: LookedInto): string[] {
  return [
    ...(images > looked
      ? [`The packages of ${counted(images - looked, 'image')} have not been read: run find look HOST.`]
      : []),
    ...(partly > 0 ? [`${counted(partly, 'image')} could only be read in part.`] : []),
    ...(unread > 0
      ? [`${counted(unread, 'manifest')} not read: scan HOST --read-manifests reads them.`]
      : []),
  ];
}
