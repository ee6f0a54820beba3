import { useOs } from '@mantine/hooks';

/** Whether keys are those of a Mac. */
export function useIsMac(): boolean {
  return useOs({ getValueInEffect: false }) === 'macos';
}
