import { ATTACHED_TAG } from '../../src-main/engine/vocabulary/attached.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import { hasMark } from './attached-marks.ts';
import type { TagRow } from './tag-rows.ts';

/** How many images there are, and how many of them have what is attached. */
export interface ImageCounts {
  readonly images: number;
  readonly signed: number;
  readonly sboms: number;
}

/** @param rows one for each image, or for each tag */
export function* countImages(rows: readonly TagRow[]): Sliced<ImageCounts> {
  const seen = new Set<string>();
  let [signed, sboms] = [0, 0];
  for (const [at, { details, attached, tags }] of rows.entries()) {
    if (at % ROWS_A_STEP === 0) yield;
    if (!details || seen.has(details.digest)) continue;
    // What is attached to images is none, though its tags may be shown.
    if (tags.every(({ name }) => ATTACHED_TAG.test(name))) continue;
    seen.add(details.digest);
    if (hasMark(attached, 'signature')) signed += 1;
    if (hasMark(attached, 'sbom')) sboms += 1;
  }
  return { images: seen.size, signed, sboms };
}
