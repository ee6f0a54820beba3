import type { ComparedPlatform } from '../../src-main/common/comparison.ts';

/** A part of the images, and how much larger it is on the right. */
export interface Growth {
  /** Names it: a folder, or a layer. */
  readonly name: string;
  /** The instruction of a layer; it may hold a secret. */
  readonly detail?: string;
  readonly left: number;
  readonly right: number;
}

/** Parts that are shown: a chart of more is no picture any more. */
const SHOWN = 12;

/** Where the difference in size comes from, most first: folders once files were read, until then the layers that one side alone has. */
export function growthOf(platform: Pick<ComparedPlatform, 'files' | 'layers'>): {
  by: 'folders' | 'layers';
  parts: readonly Growth[];
} {
  const { files, layers } = platform;
  if (files)
    return {
      by: 'folders',
      parts: largest(files.sizes.map(({ path, left, right }) => ({ name: `/${path}`, left, right }))),
    };
  const parts = layers.map(({ left, right, secret }): Growth => {
    const createdBy = (right ?? left)?.createdBy;
    return {
      name: [left && `L${left.index + 1}`, right && `R${right.index + 1}`].filter(Boolean).join(' = '),
      ...(createdBy !== undefined && !secret && { detail: createdBy }),
      left: left?.size ?? 0,
      right: right?.size ?? 0,
    };
  });
  return { by: 'layers', parts: largest(parts) };
}

function largest(parts: readonly Growth[]): readonly Growth[] {
  const grown = ({ left, right }: Growth) => Math.abs(right - left);
  return parts
    .filter((part) => part.left !== part.right)
    .toSorted((a, b) => grown(b) - grown(a))
    .slice(0, SHOWN);
}
