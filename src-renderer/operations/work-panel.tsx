import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { OperationRow } from './operation-row.tsx';
import { useLine } from './use-line.ts';
import { lookedAt } from './use-looked-at.ts';
import { useWork } from './use-operations.ts';
import classes from './work.module.css';

/** What runs, what stopped and waits for a decision, and what failed; the failed ones have been looked at when it closes. */
export function WorkPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const line = useLine();
  const work = useWork();
  const panel = useRef<HTMLElement>(null);
  const failed = useRef(work.failed);
  failed.current = work.failed;
  useEffect(() => () => lookedAt(failed.current), []);
  useEffect(() => panel.current?.focus(), []);
  const sections = (['running', 'stopped', 'failed'] as const).filter((name) => work[name].length > 0);
  return (
    <section
      ref={panel}
      id={id}
      className={classes.panel}
      aria-label={t('operations.title')}
      tabIndex={-1}
      data-keeps-focus
    >
      <div className={classes.head}>
        <h2>{t('operations.title')}</h2>
        <Anchor fz="sm" renderRoot={(props) => <Link to="/activity" {...props} />}>
          {t('operations.toHistory')}
        </Anchor>
      </div>
      {sections.length === 0 && <p className={classes.idle}>{t('operations.idle')}</p>}
      {sections.map((name) => (
        <div key={name} data-section={name}>
          <h3 className={classes.section}>{t(`operations.sections.${name}`)}</h3>
          <ul className={classes.list}>
            {work[name].map((operation) => (
              <OperationRow key={operation.id} operation={operation} name={line(operation)} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
