import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { differingFields } from '../../src-main/common/product.ts';
import { type ProductChange, productChangePlan } from '../../src-main/common/product-change.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { PlanLines } from '../plans/plan-lines.tsx';
import { Card } from '../ui/card.tsx';
import { namedFields, shownValue } from './fields.tsx';
import classes from './products.module.css';
import { RuleDifferences } from './rule-differences.tsx';

/** What would be written, field by field. */
export function ProductChangePlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const plan = useMemo(() => productChangePlan.parse(given), [given]);
  const { subject, summary } = plan;
  const isSecret = summary.notes.includes('secretOnce');
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('administration.plan.title')}
      place={{ at: subject.place }}
      summary={
        <Card wide title={t('plans.willHappen')} testId="plan">
          {summary.handedOver && <RuleDifferences handedOver={summary.handedOver} />}
          {subject.changes.map((change, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a plan's changes never move
            <Change key={at} change={change} />
          ))}
          <PlanLines>
            <li>{t('administration.plan.readBack')}</li>
            {summary.handedOver && <li>{t('handingOver.stays')}</li>}
            {summary.notes.map((note) => (
              <li key={note}>{t(`administration.notes.${note}`)}</li>
            ))}
          </PlanLines>
        </Card>
      }
      start={{
        label: t('administration.plan.start'),
        danger: subject.changes.some(({ act }) => act === 'delete' || act === 'renew'),
      }}
      {...(isSecret && {
        // Its secret is shown there, once.
        onStarted: (operation: string) => void navigate({ to: '/activity', search: { operation } }),
      })}
    />
  );
}

export function Change({ change }: { change: ProductChange }) {
  const { t, i18n } = useTranslation();
  const { act, kind, name, project, before, after } = change;
  const differing = act === 'renew' ? [] : differingFields(kind, before, after);
  const fields = namedFields(kind).filter((field) => differing.includes(field.name));
  return (
    <section className={classes.change} aria-label={name}>
      <h3>
        {t(`administration.plan.did.${act}`, { kind: t(`administration.kinds.${kind}`), name })}{' '}
        {project !== undefined && (
          <span className={classes.quiet}>{t('administration.plan.within', { project })}</span>
        )}
      </h3>
      {fields.length > 0 && (
        <table className={classes.rows}>
          <thead>
            <tr>
              <th>{t('administration.plan.field')}</th>
              {before && <th>{t('administration.plan.before')}</th>}
              {after && <th>{t(before ? 'administration.plan.after' : 'administration.plan.value')}</th>}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">{t(`administration.fields.${field.name}`)}</th>
                {before && <td>{shownValue(t, i18n.language, field, before[field.name])}</td>}
                {after && <td>{shownValue(t, i18n.language, field, after[field.name])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
