import { eventIterator } from '@orpc/contract';
import {
  comparedFolders,
  comparisonReport,
  comparisonRequest,
  comparisonStep,
  fileDifferenceList,
  fileDifferencesRequest,
  foldersRequest,
  textComparison,
  textComparisonRequest,
} from '../common/comparison.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

/** Two images from anywhere. Layers are read once, and what is in them is kept by their digests. */
export const comparison = {
  /** Compares them and reports how far it is, some times a second; the last answer is the comparison. */
  compare: procedure.input(comparisonRequest).output(eventIterator(comparisonStep)),
  /** Paths that differ, in order; layers that were not read yet are read first. */
  files: procedure.input(fileDifferencesRequest).output(fileDifferenceList),
  /** The folders that these lie in, for a tree of them. */
  folders: procedure.input(foldersRequest).output(comparedFolders),
  /** A small text, line by line. */
  text: procedure.input(textComparisonRequest).output(textComparison),
  report: procedure.input(comparisonReport).output(nothing),
};
