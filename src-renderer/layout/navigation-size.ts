import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
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

/** Windows up to this width have no room for it beside a page. */
const NARROW = '(max-width: 900px)';

/** Width and folding of the navigation, remembered on this machine. In a narrow window it is folded until it is asked for. */
export function useNavigationSize() {
  const [size, change] = useRemembered('navigation', navigationSize, USUAL);
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const [isAskedFor, setAskedFor] = useState(false);
  return {
    width: size.width,
    collapsed: isNarrow ? !isAskedFor : size.collapsed,
    setWidth: (width: number) =>
      change((before) => ({ ...before, width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) })),
    toggle: () => {
      if (isNarrow) setAskedFor(!isAskedFor);
      else change((before) => ({ ...before, collapsed: !before.collapsed }));
    },
  };
}
