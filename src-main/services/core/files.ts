import type {
  FileContent,
  FileEntry,
  FileList,
  FoundFiles,
  ImageFiles,
  LayerCounts,
  LayerReading,
  SavedFiles,
  WastedFiles,
} from '../../common/files.ts';
import type { CallOptions } from '../types.ts';
import type { ImageAt } from './image-at.ts';

/** A file of an image, links followed. */
interface ImageFile {
  /** Without links. */
  readonly path: string;
  readonly layer: number;
  readonly size: number;
  /** Its bytes as they come; that they are those of the image is verified when the last of them has come. */
  chunks(signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, void>;
}

interface FileView {
  /** Up to and with this layer; default: the last. */
  at?: number | undefined;
  /** What is there, or what the layer says. */
  view: 'merged' | 'layer';
  path: string;
}

/** What is inside the layers of images, wherever these lie. A layer is read once, and its tree kept by digest. */
export interface FilesService {
  /** What is known of them; reads none. @throws ServiceError `invalidInput` where it is no image */
  layers(image: ImageAt, options?: CallOptions): Promise<ImageFiles>;
  /** Reads layers. What is wrong with one is in `layers` afterwards, and does not end it. */
  read(
    image: ImageAt,
    options?: CallOptions & { layers?: readonly number[] | undefined },
  ): AsyncGenerator<LayerReading, void, void>;
  /** How much each layer did, from the base up to the first that was not read; reads none. */
  changes(image: ImageAt, options?: CallOptions): Promise<LayerCounts[]>;
  /** What is in a directory. @throws ServiceError `fileUnknown` */
  list(
    image: ImageAt,
    view: FileView & { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<FileList>;
  /** A path and all below it, as far as it matches. @throws ServiceError `fileUnknown`; `invalidInput` for a pattern that is none */
  walk(
    image: ImageAt,
    view: FileView & { glob?: string | undefined },
    options?: CallOptions,
  ): AsyncGenerator<FileEntry, void, void>;
  /** @throws ServiceError `invalidInput` for a pattern that is none */
  search(
    image: ImageAt,
    search: { at?: number | undefined; glob: string; limit: number },
    options?: CallOptions,
  ): Promise<FoundFiles>;
  wasted(
    image: ImageAt,
    page: { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<WastedFiles>;
  /** @throws ServiceError `fileUnknown`, `invalidInput` for what is no file */
  open(
    image: ImageAt,
    file: { at?: number | undefined; path: string },
    options?: CallOptions,
  ): Promise<FileContent>;
  file(
    image: ImageAt,
    file: { at?: number | undefined; path: string },
    options?: CallOptions,
  ): Promise<ImageFile>;
  /** A file as it is; a directory as a tar archive, or into a folder that is not there yet or empty. */
  save(
    image: ImageAt,
    saving: { at?: number | undefined; path: string; to: string; folder: boolean },
    options?: CallOptions,
  ): Promise<SavedFiles>;
}
