import { UPLOAD_CHUNK_MIN } from '../../engine/vocabulary/transfer.ts';
import { UsageError } from './failures.ts';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Bytes. @throws UsageError */
export function chunkSizeOf({ chunkSize }: Readonly<Record<string, unknown>>): number | undefined {
  if (typeof chunkSize !== 'string') return undefined;
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(chunkSize.trim()) ?? [];
  const bytes = Math.floor(Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
  if (!Number.isSafeInteger(bytes))
    throw new UsageError(
      `"${chunkSize}" is not a size: give bytes, or a number with KB, MB, GB, KiB, MiB or GiB.`,
    );
  if (bytes < UPLOAD_CHUNK_MIN)
    throw new UsageError(`"${chunkSize}" is too small: --chunk-size takes 100 KB and more.`);
  return bytes;
}
