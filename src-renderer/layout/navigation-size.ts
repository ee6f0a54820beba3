import { z } from 'zod';
import { useRemembered } from '../ui/use-remembered.ts';

/** Widths in pixels. */
export const NARROWEST = 184;
export const WIDEST = 420;
export const COLLAPSED = 52;

const navigationSize = z.object({
  width: z.number().min(NARROWEST).max(WIDEST),
  collapsed: z.boolean(),
});

const USUAL = { width: 248, collapsed: false };

/** Width and folding of the navigation, remembered on this machine. */
export function useNavigationSize() {
  const [size, change] = useRemembered('navigation', navigationSize, USUAL);
  return {
    ...size,
    setWidth: (width: number) =>
      change((before) => ({ ...before, width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) })),
    toggle: () => change((before) => ({ ...before, collapsed: !before.collapsed })),
  };
}
