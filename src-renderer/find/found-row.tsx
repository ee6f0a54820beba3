import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import type { Sought } from '../../src-main/common/find.ts';
import classes from './find.module.css';
import { Places, type PlaceTab } from './places.tsx';

export interface FoundRowProps {
  of: Sought;
  /** What of the image is shown. */
  tab: PlaceTab;
  note?: ReactNode;
  children: ReactNode;
}

/** A result that opens to the images which are it or hold it. */
export function FoundRow({ of, tab, note, children }: FoundRowProps) {
  const [opened, setOpened] = useState(false);
  const id = useId();
  return (
    <li className={classes.row}>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        <IconChevronRight
          size={14}
          aria-hidden
          className={classes.chevron}
          data-opened={opened || undefined}
        />
        <span className={classes.name}>{children}</span>
        {note !== undefined && <span className={classes.quiet}>{note}</span>}
      </button>
      <div id={id}>{opened && <Places of={of} tab={tab} />}</div>
    </li>
  );
}
