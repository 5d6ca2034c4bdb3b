import { fromEnv } from '@aws-sdk/credential-provider-env';

/** Lambda always gives credentials in the environment: the other providers need not be loaded. */
export const defaultProvider = () => fromEnv();
/** Lambda replaces the process before they end. */
export const credentialsWillNeedRefresh = () => false;
/** Likewise. */
export const credentialsTreatedAsExpired = () => false;
