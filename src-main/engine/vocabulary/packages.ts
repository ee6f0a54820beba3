/** Why something of an image's packages was not read, or not wholly. */
export const PACKAGE_PROBLEMS = ['tooLarge', 'tooMany', 'damaged', 'unsupported', 'unread'] as const;
export type PackageProblemCode = (typeof PACKAGE_PROBLEMS)[number];

/** Where packages of an image are read from. */
export const PACKAGE_SOURCES = ['sbom', 'files'] as const;

/** Formats of SBOMs that are read and written. */
export const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;
export type SbomFormat = (typeof SBOM_FORMATS)[number];
