import type {
  ComparedFolder,
  ComparisonRequest,
  ComparisonStep,
  FileDifference,
  FileDifferenceList,
  ReportFormat,
  TextComparison,
} from '../../common/comparison.ts';
import type { Language } from '../../common/languages.ts';
import type { CallOptions } from '../types.ts';
import type { ImageAt } from './image-at.ts';

/** Two images, or indexes, from anywhere. */
export interface ComparedImages {
  readonly left: ImageAt;
  readonly right: ImageAt;
}

type Choice = Partial<Omit<ComparisonRequest, 'left' | 'right'>>;

/** Two images compared, wherever they lie. Layers are read once, and what is in them is kept by their digests. */
export interface ComparisonService {
  /** Reports how far it is, some times a second, and ends with the comparison. @throws ServiceError `invalidInput` */
  compare(images: ComparedImages, options?: CallOptions & Choice): AsyncGenerator<ComparisonStep, void, void>;
  /** Paths that differ, of two images of one platform. */
  files(
    images: ComparedImages,
    options: CallOptions & {
      shared?: boolean;
      change?: 'added' | 'removed' | 'changed';
      filter?: string;
      times?: boolean;
      /** In the order of the tree of `folders`. */
      tree?: boolean;
      offset: number;
      limit: number;
    },
  ): Promise<FileDifferenceList>;
  /** The folders that they lie in, each followed by those in it. */
  folders(
    images: ComparedImages,
    options?: CallOptions & {
      shared?: boolean;
      change?: 'added' | 'removed' | 'changed';
      filter?: string;
      times?: boolean;
    },
  ): Promise<readonly ComparedFolder[]>;
  /** All of them, one after the other. */
  differences(
    images: ComparedImages,
    options?: CallOptions & {
      shared?: boolean;
      change?: 'added' | 'removed' | 'changed';
      times?: boolean;
    },
  ): AsyncGenerator<FileDifference, void, void>;
  /** One small text line by line. @throws ServiceError `fileUnknown` where neither has it */
  text(
    images: ComparedImages,
    options: CallOptions & { path: string; shared?: boolean },
  ): Promise<TextComparison>;
  /** Writes a report to a file. @throws RegistryError `fileFailed` */
  report(
    images: ComparedImages,
    options: CallOptions &
      Choice & { format: ReportFormat; secrets?: boolean; language?: Language; to: string },
  ): Promise<void>;
}
