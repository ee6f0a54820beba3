import type { ImagePackage } from '../image-package.ts';
import { type DescribedImage, imagePurl, instantOf, type Making, members } from './described.ts';

/**
 * A CycloneDX document in pieces of its text.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function* writeCycloneDx(
  image: DescribedImage,
  { version, now, id }: Making,
): Generator<string, void, void> {
  const head = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${id}`,
    version: 1,
    metadata: {
      timestamp: instantOf(now),
      tools: { components: [{ type: 'application', name: 'wharfinger', version }] },
      component: {
        type: 'container',
        'bom-ref': 'image',
        name: image.name,
        version: image.digest,
        purl: imagePurl(image),
      },
    },
  };
  yield JSON.stringify(head).slice(0, -1);
  yield* members('components', componentsOf(image));
  yield '}\n';
}

function* componentsOf({ release, packages, layers }: DescribedImage): Generator<object, void, void> {
  if (release) {
    const { id, version, name } = release;
    yield {
      type: 'operating-system',
      'bom-ref': 'system',
      name: id,
      ...(version === undefined ? {} : { version }),
      ...(name === undefined ? {} : { description: name }),
    };
  }
  for (const [position, each] of packages.entries()) yield componentOf(each, position, layers);
}

function componentOf(
  { type, name, version, licence, purl, layer, paths }: ImagePackage,
  position: number,
  layers: readonly string[],
): object {
  const properties = [
    ...(layer === undefined ? [] : [{ name: 'wharfinger:layer', value: String(layer) }]),
    ...(layer === undefined || layers[layer] === undefined
      ? []
      : [{ name: 'wharfinger:layerDigest', value: layers[layer] }]),
  ];
  return {
    type: 'library',
    'bom-ref': `package-${position}`,
    ...partsOf(type, name),
    ...(version === '' ? {} : { version }),
    ...(licence === undefined ? {} : { licenses: [{ license: { name: licence } }] }),
    ...(purl === undefined ? {} : { purl }),
    ...(paths.length === 0
      ? {}
      : { evidence: { occurrences: paths.map((path) => ({ location: `/${path}` })) } }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

/** The group that some names begin with. */
function partsOf(type: string, name: string): { group?: string; name: string } {
  const end =
    type === 'maven' ? name.indexOf(':') : type === 'npm' && name.startsWith('@') ? name.indexOf('/') : -1;
  return end <= 0 ? { name } : { group: name.slice(0, end), name: name.slice(end + 1) };
}
