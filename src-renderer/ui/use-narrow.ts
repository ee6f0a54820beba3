import { useMediaQuery } from '@mantine/hooks';

/** Whether the window has room for the chief columns of a table only. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 1180px)', false, { getInitialValueInEffect: false });
}
