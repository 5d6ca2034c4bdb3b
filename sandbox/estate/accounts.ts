/** The company's name, as its people write it. */
export const COMPANY = 'Alder & Finch Foods';

/** Runs the bot, directory services and tools. Its Region us-east-1 is the hub. */
export const SHARED_SERVICES = '111122223333';
export const ERP_PRODUCTION = '222233334444';
export const DATA_PLATFORM = '333344445555';
export const NON_PRODUCTION = '444455556666';

/** Where the bot runs. */
export const HUB_REGION = 'us-east-1';
