import { createRootRoute } from '@tanstack/react-router';
import { Layout } from '../layout/layout.tsx';
import { NotFoundPage, RouteError } from '../layout/route-states.tsx';

export const rootRoute = createRootRoute({
  component: Layout,
  notFoundComponent: NotFoundPage,
  errorComponent: RouteError,
});
