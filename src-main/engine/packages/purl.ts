import type { Distribution, FoundPackage } from './found.ts';

/** Names of vendors where they are not those of `os-release`. */
const VENDORS: Readonly<Record<string, string>> = {
  rhel: 'redhat',
  'opensuse-leap': 'opensuse',
  'opensuse-tumbleweed': 'opensuse',
};

/**
 * The URL of a package, by which other tools know it.
 *
 * @see https://github.com/package-url/purl-spec
 */
export function purlOf(found: FoundPackage, distribution: Distribution | undefined): string {
  const { type, group, name, version, architecture, source } = found;
  switch (type) {
    case 'deb':
    case 'apk':
    case 'rpm': {
      const [, epoch, rest] = (type === 'rpm' && /^(\d+):(.*)$/.exec(version)) || [
        undefined,
        undefined,
        version,
      ];
      const vendor = distribution === undefined ? [] : [VENDORS[distribution.id] ?? distribution.id];
      return assemble(type, [...vendor, name], rest ?? version, {
        arch: architecture,
        distro:
          distribution &&
          [distribution.id, ...(distribution.version === undefined ? [] : [distribution.version])].join('-'),
        epoch,
        upstream: source,
      });
    }
    case 'golang':
      return assemble(type, name.toLowerCase().split('/'), version === '(devel)' ? '' : version);
    case 'pypi':
      return assemble(type, [name.toLowerCase().replaceAll('_', '-')], version);
    case 'npm':
      return assemble(type, name.split('/'), version);
    case 'maven':
      // There is none without a group.
      return assemble(type, [group ?? name, name], version);
    case 'nuget':
      return assemble(type, [name], version);
  }
}

function assemble(
  type: string,
  path: readonly string[],
  version: string,
  qualifiers: Readonly<Record<string, string | undefined>> = {},
): string {
  const names = path
    .filter((part) => part !== '')
    .map(encoded)
    .join('/');
  // In the order of their keys.
  const stated = Object.entries(qualifiers).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encoded(value)}`],
  );
  return `pkg:${type}/${names}${version === '' ? '' : `@${encoded(version)}`}${stated.length === 0 ? '' : `?${stated.join('&')}`}`;
}

/** Everything but letters, digits, `.-_~` and the colon. Half a surrogate pair, which has no encoding, is passed over. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');
}
