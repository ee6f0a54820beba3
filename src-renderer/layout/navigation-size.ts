import { useLocalStorage } from '@mantine/hooks';

/** Widths in pixels. */
export const NARROWEST = 184;
export const WIDEST = 420;
export const COLLAPSED = 52;
const USUAL = 248;

export interface NavigationSize {
  width: number;
  collapsed: boolean;
}

/** Width and folding of the navigation, remembered on this machine. */
export function useNavigationSize() {
  const [size, setSize] = useLocalStorage<NavigationSize>({
    key: 'wharfinger.navigation',
    defaultValue: { width: USUAL, collapsed: false },
    getInitialValueInEffect: false,
    deserialize: (text) => readSize(text),
  });
  return {
    ...size,
    setWidth: (width: number) =>
      setSize((before) => ({ ...before, width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) })),
    toggle: () => setSize((before) => ({ ...before, collapsed: !before.collapsed })),
  };
}

/** What was remembered, or the usual size where that is not readable. */
export function readSize(text: string | undefined): NavigationSize {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value === 'object' && value !== null && 'width' in value && 'collapsed' in value) {
      const { width, collapsed } = value;
      if (typeof width === 'number' && width >= NARROWEST && width <= WIDEST) {
        return { width, collapsed: collapsed === true };
      }
    }
  } catch {
    // Not JSON: the usual size will do.
  }
  return { width: USUAL, collapsed: false };
}
