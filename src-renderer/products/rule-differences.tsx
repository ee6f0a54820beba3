import { useTranslation } from 'react-i18next';
import type { HandedOver } from '../../src-main/common/product-change.ts';
import { PlanLines } from '../plans/plan-lines.tsx';
import classes from './products.module.css';

/** What a replication rule does otherwise than the synchronisation that it is made from. */
export function RuleDifferences({
  handedOver: { sync, endpoint, losses, gains },
}: {
  handedOver: HandedOver;
}) {
  const { t } = useTranslation();
  const [differs, beyond] = [t('handingOver.differs', { sync }), t('handingOver.beyond')];
  return (
    <>
      <section className={classes.change} aria-label={differs}>
        <h3>{differs}</h3>
        <PlanLines>
          {losses.map(({ name, values }) => (
            <li key={name}>{t(`handingOver.losses.${name}`, { values: values.join(', ') })}</li>
          ))}
          {endpoint !== undefined && <li>{t('handingOver.reused', { name: endpoint })}</li>}
        </PlanLines>
      </section>
      <section className={classes.change} aria-label={beyond}>
        <h3>{beyond}</h3>
        <PlanLines>
          {gains.map((name) => (
            <li key={name}>{t(`handingOver.gains.${name}`)}</li>
          ))}
        </PlanLines>
      </section>
    </>
  );
}
