import { makeAttached } from './attached.ts';
import type { TestManifest } from './images.ts';
import { imageOf, rawTar } from './layers.ts';

const status = (...packages: readonly (readonly [name: string, version: string])[]): string =>
  packages
    .map(
      ([name, version]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`,
    )
    .join('\n');

/** Three layers: Debian packages and two of npm; one package more and another newer; one of npm removed. */
export function imageWithPackages(): TestManifest {
  return imageOf([
    rawTar([
      { name: 'usr/lib/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
      { name: 'var/lib/dpkg/status', content: status(['base-files', '12.4'], ['openssl', '3.0.1']) },
      { name: 'usr/share/doc/openssl/copyright', content: 'License: Apache-2.0\n' },
      {
        name: 'app/node_modules/kept/package.json',
        content: '{"name":"kept","version":"1.0.0","license":"MIT"}',
      },
      { name: 'app/node_modules/gone/package.json', content: '{"name":"gone","version":"1.0.0"}' },
    ]),
    rawTar([
      {
        name: 'var/lib/dpkg/status',
        content: status(['base-files', '12.4'], ['openssl', '3.0.2'], ['curl', '7.88']),
      },
    ]),
    rawTar([
      { name: 'app/node_modules/.wh.gone' },
      { name: 'app/node_modules/broken/package.json', content: '{"name": "bro' },
    ]),
  ]);
}

/** An SBOM that refers to an image and lists one package. */
export function sbomOf(image: TestManifest): TestManifest {
  return makeAttached({
    artifactType: 'application/spdx+json',
    subject: image,
    documents: [
      {
        mediaType: 'application/spdx+json',
        content: {
          spdxVersion: 'SPDX-2.3',
          creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Tool: syft-1.2'] },
          packages: [
            {
              name: 'stated',
              versionInfo: '1.0',
              licenseDeclared: 'MIT',
              externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:deb/debian/stated@1.0' }],
            },
          ],
        },
      },
    ],
  });
}
