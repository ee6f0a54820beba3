import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/link-button.tsx';
import classes from './files.module.css';
import { parentsOf } from './tree-rows.ts';

/** The path that the tree's keys are at; each directory of it leads there. */
export function PathCrumbs({ path, onPick }: { path: string; onPick: (path: string) => void }) {
  const { t } = useTranslation();
  const parents = parentsOf(path);
  return (
    <nav className={classes.crumbs} aria-label={t('files.path')}>
      <span aria-hidden>/</span>
      {parents.map((parent) => (
        <Fragment key={parent}>
          <LinkButton roomy onClick={() => onPick(parent)}>
            {parent.split('/').at(-1)}
          </LinkButton>
          <span aria-hidden>/</span>
        </Fragment>
      ))}
      <span>{path.split('/').at(-1)}</span>
    </nav>
  );
}
