import { COMPUTE_CASES } from './aws-compute-cases.ts';
import { LICENSE_INCLUDED_CASES } from './aws-license-included-cases.ts';
import { LICENSE_MANAGER_CASES } from './aws-license-manager-cases.ts';
import { OPERATION_CASES } from './aws-operations-cases.ts';
import { SQL_SERVER_CASES } from './microsoft-sql-server-cases.ts';
import { WINDOWS_CASES } from './microsoft-windows-cases.ts';

/** Every example about Microsoft's terms and AWS's own rules, as published. */
export const MICROSOFT_AND_AWS_CASES = [
  ...WINDOWS_CASES,
  ...SQL_SERVER_CASES,
  ...LICENSE_INCLUDED_CASES,
  ...LICENSE_MANAGER_CASES,
  ...COMPUTE_CASES,
  ...Object.values(OPERATION_CASES),
];

/** Their ids. */
export const MICROSOFT_AND_AWS_IDS: readonly string[] = MICROSOFT_AND_AWS_CASES.map(({ id }) => id);
