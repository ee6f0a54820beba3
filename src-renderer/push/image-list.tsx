import { Checkbox, Radio } from '@mantine/core';
import type { LocalImage } from './local-image.ts';
import classes from './push.module.css';

export interface ImageListProps {
  label: string;
  /** Choosing one gives up another. */
  one?: boolean;
  images: readonly LocalImage[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** The images of an archive, to choose from. */
export function ImageList({ label, one = false, images, chosen, onChange }: ImageListProps) {
  return (
    <fieldset className={classes.list}>
      <legend>{label}</legend>
      {images.map(({ id }) =>
        one ? (
          <Radio
            key={id}
            label={<span className={classes.mono}>{id}</span>}
            checked={chosen.has(id)}
            onChange={() => onChange(new Set([id]))}
          />
        ) : (
          <Checkbox
            key={id}
            label={<span className={classes.mono}>{id}</span>}
            checked={chosen.has(id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.currentTarget.checked) next.add(id);
              else next.delete(id);
              onChange(next);
            }}
          />
        ),
      )}
    </fieldset>
  );
}
