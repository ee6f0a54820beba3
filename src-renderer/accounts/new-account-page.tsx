import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ProductMark } from '../ui/product-mark.tsx';
import { AccountForm } from './account-form.tsx';
import classes from './accounts.module.css';
import { FoundSignIns } from './found-sign-ins.tsx';
import { PastedField } from './pasted-field.tsx';
import { handedOver } from './pasted-start.ts';
import { ProductCards } from './product-cards.tsx';
import { type Guide, guideOf } from './products.ts';

const route = getRouteApi('/accounts/new');

/** First the ways to name a registry; with a product in the address, the form for it. */
export function NewAccountPage() {
  const { product } = route.useSearch();
  return product === undefined ? <Choice /> : <NewAccount key={product} guide={guideOf(product)} />;
}

function Choice() {
  const { t } = useTranslation();
  return (
    <Page>
      <div className={classes.choice}>
        <PageHeader title={t('accounts.addTitle')} meta={t('accounts.addIntro')} />
        <PastedField autoFocus />
        <section>
          <h2>{t('accounts.found.title')}</h2>
          <FoundSignIns />
        </section>
        <section>
          <h2>{t('accounts.products.title')}</h2>
          <ProductCards />
        </section>
      </div>
    </Page>
  );
}

function NewAccount({ guide }: { guide: Guide }) {
  const { t } = useTranslation();
  return (
    <Page narrow>
      <PageHeader
        title={t(`accounts.products.${guide.system}.title`)}
        breadcrumbs={[{ label: t('welcome.add.action'), link: { to: '/accounts/new' } }]}
        meta={
          <>
            <ProductMark system={guide.system} size={18} />
            {t(`accounts.products.${guide.system}.about`)}
          </>
        }
      />
      <AccountForm guide={guide} pasted={handedOver()} />
    </Page>
  );
}
