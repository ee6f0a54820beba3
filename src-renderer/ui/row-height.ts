import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../src-main/common/settings.ts';
import { orpc } from '../api.ts';

/** Pixels of a table's row. */
const ROW_HEIGHTS: Readonly<Record<Settings['density'], number>> = { compact: 30, comfortable: 36 };

/** Until the settings are read, and of whoever never chose. */
export const USUAL_ROW_HEIGHT = ROW_HEIGHTS.compact;

const densityOptions = { ...orpc.app.settings.queryOptions(), select: ({ density }: Settings) => density };

/** How high a table's rows are, by the density of the settings; styles have it as `--wharf-row`. */
export function useRowHeight(): number {
  const { data } = useQuery(densityOptions);
  return data === undefined ? USUAL_ROW_HEIGHT : ROW_HEIGHTS[data];
}
