import { elementsOf, membersOf, parseJson } from '../../model/json.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../../model/json-fields.ts';
import { Listed } from './listed.ts';
import type { Sbom } from './sbom.ts';

/** What is no package: the image, files, the system that it is of. */
const WHOLES = new Set(['container', 'file', 'operating-system', 'device', 'data', 'cryptographic-asset']);
/** Components within components. */
const DEPTH_MAX = 20;
/** How Syft and Trivy name the layer and the file that a component comes from. */
const LAYER = /(?:layerID|LayerDiffID)$/;
const PATH = /^(?:syft:location:\d+:path|aquasecurity:trivy:FilePath)$/;

/** @see https://cyclonedx.org/docs/1.6/json/ */
export async function readCycloneDx(
  bytes: Buffer,
  version: string,
  { diffIds, signal }: { diffIds: readonly string[]; signal: AbortSignal | undefined },
): Promise<Sbom> {
  const members = await membersOf(bytes, ['metadata', 'components']);
  const metadata = objectOf(parseJson(members.get('metadata') ?? Buffer.from('{}')));
  const created = textOf(metadata.timestamp);
  const tool = toolOf(metadata.tools);
  const listed = new Listed();
  if (members.has('components')) {
    for await (const components of elementsOf(bytes, 'components')) {
      for (const each of components) {
        await listed.turns.take(signal);
        addAll(listed, objectOf(each), diffIds, 0);
      }
    }
  }
  return {
    format: 'cyclonedx',
    version,
    ...(created === undefined ? {} : { created }),
    ...(tool === undefined ? {} : { tool }),
    packages: await listed.all(),
  };
}

function addAll(listed: Listed, component: JsonObject, diffIds: readonly string[], depth: number): void {
  const { type, group, name, version, purl, licenses, properties, components } = component;
  if (!WHOLES.has(textOf(type) ?? '')) {
    const before = textOf(group);
    const named = textOf(name);
    const url = textOf(purl);
    const properly = listOf(properties).map(objectOf);
    const layers = properly
      .filter((property) => LAYER.test(textOf(property.name) ?? ''))
      .map(({ value }) => diffIds.indexOf(textOf(value) ?? ''))
      .filter((layer) => layer >= 0);
    listed.add({
      name: named === undefined || before === undefined ? named : together(before, named, url),
      version: textOf(version),
      licence: licencesOf(licenses),
      purl: url,
      ...(layers.length === 0 ? {} : { layer: Math.min(...layers) }),
      paths: properly
        .filter((property) => PATH.test(textOf(property.name) ?? ''))
        .flatMap(({ value }) => textOf(value)?.replace(/^\//, '') ?? []),
    });
  }
  if (depth < DEPTH_MAX)
    for (const inner of listOf(components)) addAll(listed, objectOf(inner), diffIds, depth + 1);
}

/** As names of the type are written; most have none before theirs. */
function together(group: string, name: string, purl: string | undefined): string {
  if (purl?.startsWith('pkg:maven/')) return `${group}:${name}`;
  return /^pkg:(npm|golang|composer|github)\//.test(purl ?? '') ? `${group}/${name}` : name;
}

function licencesOf(licenses: unknown): string | undefined {
  const each = listOf(licenses).flatMap((choice) => {
    const { expression, license } = objectOf(choice);
    const { id, name } = objectOf(license);
    return textOf(expression) ?? textOf(id) ?? textOf(name) ?? [];
  });
  return each.length === 0 ? undefined : each.join(', ');
}

/** A list of tools, or of the components that they are. */
function toolOf(tools: unknown): string | undefined {
  const [tool] = listOf(isObject(tools) ? tools.components : tools).map(objectOf);
  const name = textOf(tool?.name);
  const version = textOf(tool?.version);
  return name === undefined || version === undefined ? name : `${name} ${version}`;
}
