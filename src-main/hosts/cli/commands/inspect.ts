import type { AccessOverrides, DescribedImage, RegistryHandle } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { bytesText, oneLine, platformText, print, printJson, shortDigest } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { Table } from '../table.ts';

export interface InspectFlags {
  /** `os/architecture[/variant]`, of an index. */
  readonly platform?: string;
}

type Layers = readonly { digest: string; size: number; mediaType: string; createdBy?: string | undefined }[];

/** `inspect REF`: digest, type and size of what the reference names; config and layers of one platform of an index. */
export async function inspect(
  context: Context,
  text: string,
  flags: InspectFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access);
  const named = await core.images.describe(registry, repository, reference, { signal });
  const shown = await platformImage(context, registry, repository, named, flags.platform);
  const { content } = shown.image;
  const config = 'config' in content ? content.config : null;
  const layers = layersOf(content);
  const platforms = named.platforms.map(platformText);
  if (json) {
    await printJson({
      reference: text,
      digest: named.digest,
      mediaType: named.mediaType,
      size: named.size,
      platforms,
      platform: shown.platform ?? null,
      config,
      layers: layers.map(({ digest, size, mediaType, createdBy }) => ({
        digest,
        size,
        mediaType,
        createdBy: createdBy ?? null,
      })),
    });
    return;
  }
  const facts = [
    ['Reference', text],
    ['Digest', named.digest],
    ['Type', `${named.content.kind} (${named.mediaType})`],
    ['Size', `${bytesText(named.size)} (${named.size} bytes)`],
    ...(named.created ? [['Created', named.created]] : []),
    ...(platforms.length > 0 ? [['Platforms', platforms.join(', ')]] : []),
    ...(shown.platform && platforms.length > 1 ? [['Shown', shown.platform]] : []),
    ...factsOf(content),
  ];
  await print(new Table(['', '']).lines(facts));
  await printLayers(layers);
}

/** The image of an index to show: the platform asked for, else this machine's, else the first. */
async function platformImage(
  { core, signal }: Context,
  registry: RegistryHandle,
  repository: string,
  named: DescribedImage,
  wanted: string | undefined,
): Promise<{ image: DescribedImage; platform?: string }> {
  const { content } = named;
  if (content.kind !== 'index') {
    const own = named.platforms.map(platformText)[0];
    if (wanted !== undefined && own !== wanted) throw noPlatform(wanted, own === undefined ? [] : [own]);
    return own === undefined ? { image: named } : { image: named, platform: own };
  }
  const images = content.entries.flatMap((entry) =>
    entry.kind !== 'attestation' && entry.platform
      ? [{ digest: entry.digest, platform: platformText(entry.platform) }]
      : [],
  );
  const names = images.map(({ platform }) => platform);
  const chosen =
    wanted === undefined
      ? (images.find(({ platform }) => isThisMachine(platform)) ?? images[0])
      : images.find(({ platform }) => platform === wanted);
  if (!chosen) {
    if (wanted !== undefined) throw noPlatform(wanted, names);
    return { image: named };
  }
  const image = await core.images.describe(registry, repository, chosen.digest, { signal });
  return { image, platform: chosen.platform };
}

function noPlatform(wanted: string, there: readonly string[]): UsageError {
  return new UsageError(`There is no image for ${wanted}; there is: ${there.join(', ') || 'none'}.`);
}

/** Containers run Linux wherever they run. */
function isThisMachine(platform: string): boolean {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return platform === `linux/${architecture}` || platform.startsWith(`linux/${architecture}/`);
}

function layersOf(content: DescribedImage['content']): Layers {
  if (content.kind === 'image') return content.layers;
  if (content.kind === 'artifact' || content.kind === 'helmChart') return content.blobs;
  if (content.kind === 'attestation') {
    return content.statements.map(({ digest, size, predicateType }) => ({
      digest,
      size,
      mediaType: predicateType,
    }));
  }
  return [];
}

function factsOf(content: DescribedImage['content']): string[][] {
  if (content.kind === 'image') {
    const { user, workingDir, entrypoint, command, exposedPorts } = content.config;
    const facts: [string, string | undefined][] = [
      ['User', user],
      ['Directory', workingDir],
      ['Entrypoint', entrypoint.join(' ')],
      ['Command', command.join(' ')],
      ['Ports', exposedPorts.join(', ')],
    ];
    return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
  }
  if (content.kind === 'artifact') return [['Artifact', content.artifactType]];
  if (content.kind === 'helmChart') return [['Chart', `${content.chart.name} ${content.chart.version}`]];
  return [];
}

async function printLayers(layers: Layers): Promise<void> {
  if (layers.length === 0) return;
  const table = new Table(['LAYER', 'SIZE', 'MADE BY'], [1]);
  const rows = layers.map(({ digest, size, mediaType, createdBy }) => [
    shortDigest(digest),
    bytesText(size),
    oneLine(createdBy ?? mediaType).slice(0, 100),
  ]);
  await print(['', ...table.lines(rows)]);
}
