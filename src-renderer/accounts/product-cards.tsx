import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProductMark } from '../ui/product-mark.tsx';
import classes from './accounts.module.css';
import { handOver } from './pasted-start.ts';
import { GUIDES, OTHER_GUIDE } from './products.ts';

/** The products to choose from, each with what it is known by. */
export function ProductCards() {
  const { t } = useTranslation();
  return (
    <ul className={classes.products}>
      {[...GUIDES, OTHER_GUIDE].map(({ system }) => (
        <li key={system}>
          <Link
            to="/accounts/new"
            search={{ product: system }}
            className={classes.product}
            // What was pasted for another one is not this one's.
            onClick={() => handOver(undefined)}
          >
            <ProductMark system={system} size={26} />
            <span className={classes.productWords}>
              <span className={classes.productName}>{t(`accounts.products.${system}.name`)}</span>
              <span className={classes.productHint}>{t(`accounts.products.${system}.hint`)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
