import { objectOf, textOf } from './json-fields.ts';

/** What an image runs on, in Go's names (`linux`, `amd64`, `v8`). */
export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
  osVersion?: string;
}

/** Characters of one of its words. */
const WORD_MAX = 200;

/**
 * A platform as descriptors and configs write it. Undefined where neither system nor architecture is given, or both are `unknown`,
 * BuildKit's word for "no platform".
 */
export function readPlatform(value: unknown): Platform | undefined {
  const { os, architecture, variant, 'os.version': version } = objectOf(value);
  const platform = { os: textOf(os, WORD_MAX) ?? '', architecture: textOf(architecture, WORD_MAX) ?? '' };
  const isKnown = (word: string): boolean => word !== '' && word !== 'unknown';
  if (!isKnown(platform.os) && !isKnown(platform.architecture)) return undefined;
  const [kind, osVersion] = [textOf(variant, WORD_MAX), textOf(version, WORD_MAX)];
  return { ...platform, ...(kind ? { variant: kind } : {}), ...(osVersion ? { osVersion } : {}) };
}

/** Other names of architectures, with the variant that the name implies. @see containerd/platforms, database.go */
const ARCHITECTURES: Readonly<Record<string, { architecture: string; variant?: string }>> = {
  i386: { architecture: '386', variant: '' },
  x86_64: { architecture: 'amd64' },
  'x86-64': { architecture: 'amd64' },
  aarch64: { architecture: 'arm64' },
  armhf: { architecture: 'arm', variant: 'v7' },
  armel: { architecture: 'arm', variant: 'v6' },
};
/** Variants that an architecture has where it names none. */
const USUAL_VARIANTS: Readonly<Record<string, string>> = { amd64: 'v1', arm64: 'v8', arm: 'v7' };

/**
 * A platform in one spelling, as containerd normalises it: other names of systems and architectures are resolved, and the usual
 * variant (`amd64/v1`, `arm64/v8`, `arm/v7`) is left out.
 *
 * @see containerd/platforms, `Normalize`
 */
export function normalizePlatform({ os, architecture, variant = '', osVersion }: Platform): Platform {
  const system = os.toLowerCase();
  const named = architecture.toLowerCase();
  const known = ARCHITECTURES[named];
  const family = known?.architecture ?? named;
  const written = (known?.variant ?? variant).toLowerCase();
  const numbered = /^\d/.test(written) ? `v${written}` : written;
  return {
    os: system === 'macos' ? 'darwin' : system,
    architecture: family,
    ...(numbered === '' || numbered === USUAL_VARIANTS[family] ? {} : { variant: numbered }),
    ...(osVersion ? { osVersion } : {}),
  };
}

/** Key of a platform: the same for two spellings of one. */
export function platformKey(platform: Platform): string {
  const { os, architecture, variant, osVersion } = normalizePlatform(platform);
  return [os, architecture, variant ?? '', osVersion ?? ''].join('/');
}

/** Windows runs images of its own build; what follows the build (a patch) does not matter. */
const buildOf = (osVersion: string): string => osVersion.split('.').slice(0, 3).join('.');

/** Whether an image for `offered` is one for `wanted`. A version of the system counts if both have one. */
export function isSamePlatform(offered: Platform, wanted: Platform): boolean {
  const [have, want] = [normalizePlatform(offered), normalizePlatform(wanted)];
  return (
    have.os === want.os &&
    have.architecture === want.architecture &&
    have.variant === want.variant &&
    (!have.osVersion || !want.osVersion || buildOf(have.osVersion) === buildOf(want.osVersion))
  );
}

const PLATFORM = /^([\w.-]+)(?:\(([\w.]+)\))?\/([\w.-]+)(?:\/([\w.-]+))?$/;

/** Reads `os[(version)]/architecture[/variant]`; undefined for anything else. */
export function parsePlatform(words: string): Platform | undefined {
  const [whole, os = '', osVersion, architecture = '', variant] = PLATFORM.exec(words) ?? [];
  if (whole === undefined) return undefined;
  return { os, architecture, ...(variant ? { variant } : {}), ...(osVersion ? { osVersion } : {}) };
}
