import * as z from 'zod';

/** The table of a deployed stack, which its queues are named after. */
export const TableOption = z
  .string()
  .regex(/^[\w.-]{3,255}$/, 'Write the name of the stack’s table')
  .default('quartermaster');
