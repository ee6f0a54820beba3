import type { Core, CoreOptions } from './core.ts';

export type * from './core.ts';
export { ServiceError } from './errors.ts';
export type * from './types.ts';

/** Opens everything under `options.home`. Two processes may have the same home open at once. */
export declare function createCore(options: CoreOptions): Promise<Core>;
