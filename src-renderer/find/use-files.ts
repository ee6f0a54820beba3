import { useEffect, useState } from 'react';
import type { FoundLayerFiles, LayerFile } from '../../src-main/common/find.ts';
import { api } from '../api.ts';
import { failureOf } from '../ui/failure.ts';

/** Of fewer characters nearly every file has some. */
const FILE_MIN = 3;

export interface FoundFiles {
  readonly files: readonly LayerFile[];
  readonly layers: FoundLayerFiles['layers'] | undefined;
  /** Files of which it is not known what is in them, where that is looked for. */
  readonly unsummed: number;
  readonly more: boolean;
  readonly error: unknown;
}

const NOTHING: FoundFiles = { files: [], layers: undefined, unsummed: 0, more: false, error: undefined };

/**
 * Files of layers that were read, as they are found; undefined where too little is typed.
 *
 * @param read changes when more layers have been read: then it is looked again
 */
export function useFiles(text: string, read: string): FoundFiles | undefined {
  const [found, setFound] = useState({ ...NOTHING, text: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read is not asked for, and changes what is found
  useEffect(() => {
    if (text.length < FILE_MIN) return;
    const controller = new AbortController();
    const { signal } = controller;
    const search = async () => {
      let files: readonly LayerFile[] = [];
      for await (const { files: some, ...found } of await api.find.files({ text }, { signal })) {
        if (signal.aborted) return;
        files = [...files, ...some];
        setFound({ text, files, ...found, error: undefined });
      }
    };
    void search().catch((error: unknown) => {
      if (!signal.aborted && failureOf(error).code !== 'cancelled') setFound({ ...NOTHING, text, error });
    });
    return () => controller.abort();
  }, [text, read]);
  if (text.length < FILE_MIN) return undefined;
  return found.text === text ? found : NOTHING;
}
