import type { PackageProblemCode } from '../vocabulary/packages.ts';

/** A package as a file of an image names it, by the types of package URLs. */
export interface FoundPackage {
  type: 'deb' | 'apk' | 'rpm' | 'npm' | 'pypi' | 'golang' | 'maven' | 'nuget';
  /** Maven's group; what else belongs before a name is part of it (`@scope/name`). */
  group?: string;
  name: string;
  version: string;
  /** As stated, in whatever form. */
  licence?: string;
  architecture?: string;
  /** Of distributions: the source package, where it has another name. */
  source?: string;
}

/** What one file names: a database of packages, or the description of one. */
export interface FoundFile {
  path: string;
  packages: readonly FoundPackage[];
}

/** Something that was not read, or not wholly. */
export interface PackageProblem {
  code: PackageProblemCode;
  /** One English sentence. */
  reason: string;
  path?: string;
  /** Of the image, from 0. */
  layer?: number;
}

/** What a layer's files say of packages. Plain JSON: it is kept by the digest of the layer. */
export interface LayerFindings {
  files: readonly FoundFile[];
  /** Licences by the name of a Debian package, from its file of copyrights. */
  licences: Readonly<Record<string, string>>;
  /** By its `os-release`. */
  release?: Distribution;
  problems: readonly PackageProblem[];
}

/** @see os-release(5) */
export interface Distribution {
  id: string;
  version?: string;
  name?: string;
}

/** Packages of one layer, and of one image: a whole distribution has some tens of thousands. */
export const PACKAGES_MAX = 100_000;
/** Characters of a name, a version or a licence that are kept. */
const TEXT_MAX = 512;

/** A name or a version, without what no name has. Undefined for none. */
export function nameOf(text: string | undefined): string | undefined {
  const name = text?.trim();
  return name && name.length <= TEXT_MAX ? name : undefined;
}

/** One line: some files have the licence itself in the place of its name. */
export function licenceOf(text: string | undefined): string | undefined {
  const line = text?.trim().split('\n', 1)[0]?.trim().slice(0, TEXT_MAX);
  return line && !/^(unknown|none|noassertion)$/i.test(line) ? line : undefined;
}
