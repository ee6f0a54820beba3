import { z } from 'zod';

export const accountId = z.uuid();
export const operationId = z.uuid();
export const planId = z.uuid();
