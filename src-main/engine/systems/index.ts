import type { Product } from '../product/product.ts';
import { SYSTEMS, type SystemId } from '../vocabulary/products.ts';
import { acr } from './acr/index.ts';
import { artifactory } from './artifactory/index.ts';
import { distribution } from './distribution/index.ts';
import { dockerHub } from './docker-hub/index.ts';
import { ecr } from './ecr/index.ts';
import { gar } from './gar/index.ts';
import { generic } from './generic/index.ts';
import { ghcr } from './ghcr/index.ts';
import { gitea } from './gitea/index.ts';
import { gitlab } from './gitlab/index.ts';
import { harbor } from './harbor/index.ts';
import { nexus } from './nexus/index.ts';
import { quay } from './quay/index.ts';
import { wharfinger } from './wharfinger/index.ts';
import { zot } from './zot/index.ts';

/** All products there are, each a folder here. `generic` is any other. */
export const PRODUCTS: Readonly<Record<SystemId, Product>> = {
  distribution,
  harbor,
  nexus,
  dockerHub,
  ghcr,
  gitlab,
  quay,
  ecr,
  acr,
  gar,
  artifactory,
  gitea,
  zot,
  wharfinger,
  generic,
};

/** Undefined for one that this version does not know: a newer one may have kept it. */
export function productOf(id: string | undefined): Product | undefined {
  return Object.values(PRODUCTS).find((product) => product.id === id);
}

/** A newer version may have kept a product that this one does not know. */
export function systemIdOf(id: string): SystemId {
  return SYSTEMS.find((known) => known === id) ?? 'generic';
}
