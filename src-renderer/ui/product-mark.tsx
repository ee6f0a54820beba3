import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistrySystem } from '../../src-main/common/registry.ts';
import classes from './product-mark.module.css';

interface Mark {
  color: string;
  /** White lines on a square of 24; `fill` is for what is not a line. */
  shape: ReactNode;
}

/** Drawn for this window: a colour and a plain shape for each product, no trademark of anybody. White on each colour passes 4.5 to 1. */
const MARKS: Readonly<Record<RegistrySystem, Mark>> = {
  // Crates on crates.
  dockerHub: {
    color: '#1d63ed',
    shape: (
      <path
        fill="#fff"
        stroke="none"
        d="M4.5 13h4v4h-4zM10 13h4v4h-4zM15.5 13h4v4h-4zM7.25 7.5h4v4h-4zM12.75 7.5h4v4h-4z"
      />
    ),
  },
  // A parcel.
  ghcr: {
    color: '#2b3137',
    shape: <path d="m12 4.5 6.5 3.6v7.8L12 19.5l-6.5-3.6V8.1zM5.5 8.1 12 11.8l6.5-3.7M12 11.8v7.7" />,
  },
  // Two branches that meet.
  gitlab: {
    color: '#c9410f',
    shape: (
      <>
        <path d="M8 9v6M8 9c0 4 8 2 8 6" />
        <path fill="#fff" d="M8 6.5h.01M8 17.5h.01M16 17.5h.01" strokeWidth="4.5" />
      </>
    ),
  },
  // An anchor.
  harbor: {
    color: '#1a6fa8',
    shape: (
      <path d="M12 8.5V19M8.5 11.5h7M5.5 13c.5 4 3 6 6.5 6s6-2 6.5-6M12 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z" />
    ),
  },
  // A nut.
  nexus: {
    color: '#0b7a55',
    shape: <path d="m12 4.5 6.5 3.75v7.5L12 19.5l-6.5-3.75v-7.5zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z" />,
  },
  // The letter.
  quay: {
    color: '#b3202c',
    shape: <path d="M12 17.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM13.5 14l4.5 5" />,
  },
  // Layers.
  ecr: {
    color: '#b05500',
    shape: <path d="m12 4.5 7 3.5-7 3.5L5 8zM5 12l7 3.5 7-3.5M5 16l7 3.5 7-3.5" />,
  },
  // A peak.
  acr: { color: '#0067b8', shape: <path d="m5 18.5 7-13 7 13M8.5 14.5h7" /> },
  // Four quarters.
  gar: {
    color: '#3a6e2a',
    shape: <path d="M6 6h4.5v4.5H6zM13.5 6H18v4.5h-4.5zM6 13.5h4.5V18H6zM13.5 13.5H18V18h-4.5z" />,
  },
  // A shelf.
  artifactory: {
    color: '#2c7d3f',
    shape: <path d="M5.5 12h13M5.5 18.5h13M7 8.5h4V12H7zM13 5.5h4V12h-4zM9 15h6v3.5H9z" />,
  },
  // A cup.
  gitea: {
    color: '#557a1f',
    shape: (
      <path d="M6 9h10v5.5a4 4 0 0 1-4 4h-2a4 4 0 0 1-4-4zM16 10.5h1.5a2 2 0 0 1 0 4.5H16M9.5 6V4.5M12.5 6V4.5" />
    ),
  },
  // A bolt.
  zot: { color: '#8a3ffc', shape: <path d="M13.5 4.5 6.5 13.5H12l-1.5 6 7-9H12z" /> },
  // Stacked discs.
  distribution: {
    color: '#52606d',
    shape: (
      <path d="M18.5 7.5c0 1.4-2.9 2.5-6.5 2.5S5.5 8.9 5.5 7.5 8.4 5 12 5s6.5 1.1 6.5 2.5zM5.5 7.5v9c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5v-9M5.5 12c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5" />
    ),
  },
  // The quay of our own icon.
  wharfinger: {
    color: '#0f6e84',
    shape: (
      <path
        fill="#fff"
        stroke="none"
        d="M6 5.5h4v3.5H6zM11.5 5.5h4v3.5h-4zM8.5 10h4v3.5h-4zM14 10h4v3.5h-4zM4 14.8h16l-1.7 3.6a1.5 1.5 0 0 1-1.4.9H7.1a1.5 1.5 0 0 1-1.4-.9z"
      />
    ),
  },
  // A box.
  generic: { color: '#626c77', shape: <path d="M6 6.5h12v11H6zM6 10.5h12M10.5 10.5V13h3v-2.5" /> },
};

export interface ProductMarkProps {
  system: RegistrySystem;
  /** Pixels. */
  size?: number;
}

/** The mark of a registry's product, with its name as a hint and for screen readers. */
export function ProductMark({ system, size = 18 }: ProductMarkProps) {
  const { t } = useTranslation();
  const { color, shape } = MARKS[system];
  const name = t(`ui.systems.${system}`);
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      className={classes.mark}
      role="img"
      aria-label={name}
      data-hint={name}
    >
      <rect width="24" height="24" rx="5.5" fill={color} />
      {shape}
    </svg>
  );
}
