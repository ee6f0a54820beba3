import { Fragment } from 'react';
import classes from './command-line.module.css';
import { CopyButton } from './copy-button.tsx';

/** A command to run in a terminal, with a button that copies it. */
export function CommandLine({ value, label }: { value: string; label: string }) {
  return (
    <div className={classes.command}>
      {/* A line breaks between words only: "--" and "version" are one word to the reader. */}
      <code>
        {value.split(' ').map((word, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words of one command; they never move
          <Fragment key={position}>
            {position > 0 && ' '}
            <span>{word}</span>
          </Fragment>
        ))}
      </code>
      <CopyButton value={value} label={label} />
    </div>
  );
}
