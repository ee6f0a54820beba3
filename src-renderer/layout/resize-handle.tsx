import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './navigation.module.css';
import { NARROWEST, WIDEST } from './navigation-size.ts';
import { useStop } from './stops.tsx';

interface ResizeHandleProps {
  width: number;
  onResize: (width: number) => void;
}

const STEP = 16;

/** The navigation's edge: drag it, or move it with the arrow keys. */
export function ResizeHandle({ width, onResize }: ResizeHandleProps) {
  const { t } = useTranslation();
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onResize(event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') onResize(width - STEP);
    else if (event.key === 'ArrowRight') onResize(width + STEP);
    else if (event.key === 'Home') onResize(NARROWEST);
    else if (event.key === 'End') onResize(WIDEST);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: hr cannot be moved; this is ARIA's window splitter
    <div
      className={classes.handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('layout.resize')}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      {...useStop('width')}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  );
}
