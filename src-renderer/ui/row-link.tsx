import type { MouseEvent, ReactNode } from 'react';
import { useTabIndex } from './row-focus.ts';

export interface RowLinkProps {
  href: string;
  /** A click without other keys, and Enter. */
  onOpen: () => void;
  className?: string | undefined;
  /** What it is called, where its text does not say it. */
  label?: string | undefined;
  /** Characters of it that are seen in any case. */
  least?: number;
  children: ReactNode;
}

/** A link in a table's row. One of the router works out its address in a dozen hooks: most of what a row costs while scrolling. */
export function RowLink({ href, onOpen, className, label, least, children }: RowLinkProps) {
  const onClick = (event: MouseEvent) => {
    // With other keys it opens in another tab or window, which is the browser's.
    if (event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a
      href={href}
      className={className}
      aria-label={label}
      dir="ltr"
      draggable={false}
      style={least === undefined ? undefined : { minWidth: `${least}ch` }}
      tabIndex={useTabIndex()}
      onClick={onClick}
    >
      {children}
    </a>
  );
}
