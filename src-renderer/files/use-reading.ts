import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { LayerReading } from '../../src-main/common/files.ts';
import { api, orpc } from '../api.ts';
import { useWork } from '../ui/use-work.ts';
import type { ShownFiles } from './queries.ts';

export interface Reading {
  /** How far each layer is, by its index; undefined while none is read. */
  readonly progress: ReadonlyMap<number, LayerReading> | undefined;
  /** Why it ended before its end. */
  readonly error: unknown;
  readonly start: (layers: readonly number[]) => void;
  readonly cancel: () => void;
}

/** Reads layers of an image, one reading at a time. It ends with the page that shows it: nothing is downloaded for nobody. */
export function useReading(image: ShownFiles): Reading {
  const client = useQueryClient();
  const { error, start: begin, cancel } = useWork();
  const [progress, setProgress] = useState<ReadonlyMap<number, LayerReading>>();
  const { accountId, repository, reference } = image;
  const start = useCallback(
    (layers: readonly number[]) => {
      setProgress(new Map());
      const read = async (signal: AbortSignal) => {
        const asked = { image: { accountId, repository, reference }, layers: [...layers] };
        for await (const one of await api.files.read(asked, { signal }))
          setProgress((before) => new Map(before).set(one.layer, one));
      };
      const showWhatIsKnown = async () => {
        await client.invalidateQueries({ queryKey: orpc.files.layers.key() });
        // Lists of an image some of whose layers failed know more now.
        void client.invalidateQueries({ queryKey: orpc.files.key() });
        setProgress(undefined);
      };
      begin(read, () => void showWhatIsKnown());
    },
    [client, accountId, repository, reference, begin],
  );
  return { progress, error, start, cancel };
}
