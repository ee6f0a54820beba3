/** What the sample images say they hold. */
const PACKAGES = [
  ['busybox', '1.37.0-r12', 'GPL-2.0-only'],
  ['ca-certificates', '20241121-r1', 'MPL-2.0 AND MIT'],
  ['musl', '1.2.5-r8', 'MIT'],
  ['quayd', '1.28.0-r0', 'Apache-2.0'],
  ['zlib', '1.3.1-r2', 'Zlib'],
] as const;

/** A small SPDX 2.3 document. */
export function spdxDocument(name: string, version: string, created: string): unknown {
  const packages = PACKAGES.map(([title, release, license]) => ({
    SPDXID: `SPDXRef-Package-${title}`,
    name: title,
    versionInfo: release,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: license,
    externalRefs: [
      {
        referenceCategory: 'PACKAGE-MANAGER',
        referenceType: 'purl',
        referenceLocator: `pkg:apk/harbour/${title}@${release}`,
      },
    ],
  }));
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: `https://harbour.example/spdx/${name.replace(/[/:]/g, '-')}`,
    creationInfo: { created, creators: ['Organization: Harbour', 'Tool: harbour-sbom-1.0'] },
    comment: `Release ${version}`,
    packages,
    relationships: packages.map(({ SPDXID }) => ({
      spdxElementId: 'SPDXRef-DOCUMENT',
      relationshipType: 'DESCRIBES',
      relatedSpdxElement: SPDXID,
    })),
  };
}
