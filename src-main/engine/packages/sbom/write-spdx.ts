import type { ImagePackage } from '../image-package.ts';
import { type DescribedImage, imagePurl, instantOf, type Making, members } from './described.ts';
import { Licences } from './licences.ts';

const DOCUMENT = 'SPDXRef-DOCUMENT';
const IMAGE = 'SPDXRef-Image';
/** What every package says of what was not looked at. */
const UNKNOWN = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  copyrightText: 'NOASSERTION',
} as const;

/**
 * An SPDX document in pieces of its text.
 *
 * @see https://spdx.github.io/spdx-spec/v2.3/
 */
export function* writeSpdx(
  image: DescribedImage,
  { version, now, id }: Making,
): Generator<string, void, void> {
  const head = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: DOCUMENT,
    name: `${image.name}@${image.digest}`,
    // Names the document and leads nowhere, as the specification has it.
    documentNamespace: `https://spdx.org/spdxdocs/wharfinger-${id}`,
    creationInfo: { created: instantOf(now), creators: [`Tool: wharfinger-${version}`] },
  };
  const licences = new Licences();
  yield JSON.stringify(head).slice(0, -1);
  yield* members('packages', packagesOf(image, licences));
  const extracted = licences.extracted();
  if (extracted.length > 0) yield* members('hasExtractedLicensingInfos', extracted);
  yield* members('relationships', relationshipsOf(image));
  yield '}\n';
}

function* packagesOf(image: DescribedImage, licences: Licences): Generator<object, void, void> {
  const [algorithm = '', hex = ''] = image.digest.split(':');
  yield {
    SPDXID: IMAGE,
    name: image.name,
    versionInfo: image.digest,
    primaryPackagePurpose: 'CONTAINER',
    ...UNKNOWN,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    checksums: [{ algorithm: algorithm.toUpperCase(), checksumValue: hex }],
    externalRefs: [referenceOf(imagePurl(image))],
  };
  for (const [position, each] of image.packages.entries()) yield packageOf(each, position, licences);
}

function packageOf(
  { name, version, licence, purl, layer, paths }: ImagePackage,
  position: number,
  licences: Licences,
): object {
  const [path] = paths;
  const sources = [
    ...(path === undefined ? [] : [`named by /${path}`]),
    ...(layer === undefined ? [] : [`brought by layer ${layer}`]),
  ];
  return {
    SPDXID: `SPDXRef-Package-${position}`,
    name,
    ...(version === '' ? {} : { versionInfo: version }),
    ...UNKNOWN,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: licence === undefined ? 'NOASSERTION' : licences.expressionOf(licence),
    ...(sources.length === 0 ? {} : { sourceInfo: sources.join(', ') }),
    ...(purl === undefined ? {} : { externalRefs: [referenceOf(purl)] }),
  };
}

const referenceOf = (purl: string): object => ({
  referenceCategory: 'PACKAGE-MANAGER',
  referenceType: 'purl',
  referenceLocator: purl,
});

function* relationshipsOf({ packages }: DescribedImage): Generator<object, void, void> {
  yield { spdxElementId: DOCUMENT, relationshipType: 'DESCRIBES', relatedSpdxElement: IMAGE };
  for (const position of packages.keys())
    yield {
      spdxElementId: IMAGE,
      relationshipType: 'CONTAINS',
      relatedSpdxElement: `SPDXRef-Package-${position}`,
    };
}
