import type { RegistryState } from './registry-state.ts';
import classes from './status-mark.module.css';

/** A registry's state by its shape and colour: full, a triangle, a ring, a dashed ring. The words stand beside it or are its hint. */
export function StatusMark({ mark }: Pick<RegistryState, 'mark'>) {
  return (
    <svg className={classes.mark} data-mark={mark} viewBox="0 0 10 10" width={10} height={10} aria-hidden>
      {mark === 'warning' ? (
        <path d="M5 1 9.5 9h-9Z" />
      ) : (
        <circle cx={5} cy={5} r={mark === 'ok' ? 4 : 3.25} />
      )}
    </svg>
  );
}
