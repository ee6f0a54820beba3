import type { DescribedImage } from '../../common/image.ts';
import type { Descriptor } from '../../engine/index.ts';
import { bytesText, kindText, oneLine, platformText, shortDigest } from './output.ts';
import type { ChosenImage } from './platform-image.ts';
import { Table } from './table.ts';

type Content = DescribedImage['content'];
type Layers = readonly {
  digest: string;
  size: number;
  sizeUnknown?: true;
  mediaType: string;
  createdBy?: string | undefined;
}[];
type Config = Extract<Content, { kind: 'image' }>['config'];

/** What a reference names, and the one image of it that is shown. */
interface Shown extends ChosenImage {
  readonly image: DescribedImage;
}

/** @param attached undefined where that could not be read */
export function inspectDocument(
  reference: string,
  named: DescribedImage,
  { image: { content, raw }, platform }: Shown,
  attached: readonly Descriptor[] | undefined,
): object {
  const { digest, mediaType, size, created, annotations } = named;
  return {
    reference,
    digest,
    mediaType,
    kind: named.content.kind,
    artifactType: artifactTypeOf(named.content),
    size,
    created: created ?? null,
    annotations,
    platforms: named.platforms.map(platformText),
    entries: named.content.kind === 'index' ? named.content.entries.map(entryDocument) : null,
    referrers: attached?.map(referrerDocument) ?? null,
    platform: platform ?? null,
    config: 'config' in content ? content.config : null,
    layers: layersOf(content).map((layer) => ({
      digest: layer.digest,
      size: layer.sizeUnknown ? null : layer.size,
      mediaType: layer.mediaType,
      createdBy: layer.createdBy ?? null,
    })),
    ...(content.kind === 'unreadable' ? { raw } : {}),
  };
}

type IndexEntry = Extract<Content, { kind: 'index' }>['entries'][number];

function entryDocument(entry: IndexEntry): object {
  const { digest, mediaType, size, kind, platform, artifactType, attests, annotations } = entry;
  return {
    digest,
    mediaType,
    size,
    kind,
    platform: platform ? platformText(platform) : null,
    artifactType: artifactType ?? null,
    attests: attests ?? null,
    annotations,
  };
}

/** For people. */
export function inspectLines(
  reference: string,
  named: DescribedImage,
  { image: { content, raw }, platform }: Shown,
  attached: readonly Descriptor[],
): string[] {
  const platforms = named.platforms.map(platformText);
  const facts = [
    ['Reference', reference],
    ['Digest', named.digest],
    ['Type', `${kindText(named.content.kind)} (${named.mediaType})`],
    ['Size', `${bytesText(named.size)} (${named.size} bytes)`],
    ...(named.created ? [['Created', named.created]] : []),
    ...(platforms.length > 0 ? [['Platforms', platforms.join(', ')]] : []),
    ...(platform && platforms.length > 1 ? [['Shown', platform]] : []),
    ...factsOf(content),
    ...Object.entries(named.annotations).map(([name, value]) => ['Annotation', `${name}: ${oneLine(value)}`]),
  ];
  const layers = layersOf(content);
  return [
    ...new Table(['', '']).lines(facts),
    ...(named.content.kind === 'index' ? ['', ...entryLines(named.content.entries)] : []),
    ...(attached.length > 0 ? ['', ...referrerLines(attached)] : []),
    ...(layers.length > 0 ? ['', ...layerLines(layers)] : []),
    ...(content.kind === 'image' ? historyLines(content.config) : []),
    ...(content.kind === 'unreadable' ? ['', ...raw.split('\n')] : []),
  ];
}

function entryLines(entries: readonly IndexEntry[]): string[] {
  const rows = entries.map(({ digest, size, kind, platform, artifactType, attests }) => [
    digest,
    bytesText(size),
    platform ? platformText(platform) : (artifactType ?? kindText(kind)),
    attests === undefined ? '' : `of ${shortDigest(attests)}`,
  ]);
  return new Table(['MANIFEST', 'SIZE', 'IS', ''], [1]).lines(rows);
}

function artifactTypeOf(content: Content): string | null {
  return content.kind === 'artifact' ? content.artifactType : null;
}

function layersOf(content: Content): Layers {
  if (content.kind === 'image') return content.layers;
  if (content.kind === 'artifact' || content.kind === 'helmChart' || content.kind === 'buildCache')
    return content.blobs;
  if (content.kind === 'attestation') {
    return content.statements.map(({ digest, size, predicateType }) => ({
      digest,
      size,
      mediaType: predicateType,
    }));
  }
  return [];
}

function factsOf(content: Content): string[][] {
  if (content.kind === 'image') {
    const { user, workingDir, entrypoint, command, exposedPorts } = content.config;
    const facts: [string, string | undefined][] = [
      ['User', user],
      ['Directory', workingDir],
      ['Entrypoint', entrypoint.join(' ')],
      ['Command', command.join(' ')],
      ['Ports', exposedPorts.join(', ')],
      ['Config', configNote(content.config)],
    ];
    return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
  }
  if (content.kind === 'artifact') return [['Artifact', content.artifactType]];
  if (content.kind === 'helmChart') return [['Chart', `${content.chart.name} ${content.chart.version}`]];
  return [];
}

/** What is wrong with the configuration, where something is. */
function configNote({ size, actualSize, unreadable }: Config): string | undefined {
  if (unreadable !== undefined) return `could not be read. ${unreadable}`;
  if (actualSize === undefined) return undefined;
  return `its size differs: the manifest says ${size} bytes, it has ${actualSize}`;
}

/** The history of an image whose layers are others: which of it made which cannot be said. */
function historyLines({ history, historyApart }: Config): string[] {
  if (!historyApart) return [];
  const lines = history.map(({ createdBy, comment }) => oneLine(createdBy ?? comment ?? '-').slice(0, 100));
  return ['', 'HISTORY (does not match the layers)', ...lines];
}

function layerLines(layers: Layers): string[] {
  const rows = layers.map(({ digest, size, sizeUnknown, mediaType, createdBy }) => [
    shortDigest(digest),
    sizeUnknown ? '?' : bytesText(size),
    oneLine(createdBy ?? mediaType).slice(0, 100),
  ]);
  return new Table(['LAYER', 'SIZE', 'MADE BY'], [1]).lines(rows);
}

function referrerDocument({ digest, mediaType, size, artifactType, annotations }: Descriptor): object {
  return {
    digest,
    mediaType,
    size,
    artifactType: artifactType ?? null,
    annotations: annotations ?? {},
  };
}

function referrerLines(found: readonly Descriptor[]): string[] {
  const rows = found.map(({ digest, size, artifactType, mediaType }) => [
    digest,
    bytesText(size),
    artifactType ?? mediaType,
  ]);
  return new Table(['ATTACHED', 'SIZE', 'TYPE'], [1]).lines(rows);
}
