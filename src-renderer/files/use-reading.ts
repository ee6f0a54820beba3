import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LayerReading } from '../../src-main/common/files.ts';
import { api, orpc } from '../api.ts';
import { failureOf } from '../ui/failure.ts';
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
  const running = useRef<AbortController>(undefined);
  const [progress, setProgress] = useState<ReadonlyMap<number, LayerReading>>();
  const [error, setError] = useState<unknown>();
  const { accountId, repository, reference } = image;
  const start = useCallback(
    (layers: readonly number[]) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setError(undefined);
      setProgress(new Map());
      const read = async () => {
        const asked = { image: { accountId, repository, reference }, layers: [...layers] };
        for await (const one of await api.files.read(asked, { signal: controller.signal }))
          setProgress((before) => new Map(before).set(one.layer, one));
      };
      void read()
        .catch((failed: unknown) => {
          if (!controller.signal.aborted && failureOf(failed).code !== 'cancelled') setError(failed);
        })
        .finally(async () => {
          if (running.current !== controller) return;
          await client.invalidateQueries({ queryKey: orpc.files.layers.key() });
          // Lists of an image some of whose layers failed know more now.
          void client.invalidateQueries({ queryKey: orpc.files.key() });
          setProgress(undefined);
        });
    },
    [client, accountId, repository, reference],
  );
  const cancel = useCallback(() => running.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  return { progress, error, start, cancel };
}
