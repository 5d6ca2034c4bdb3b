import bolt from '@slack/bolt/dist/App.js';

/** Of Bolt, what routes: its receivers and its Assistant are for other places than this Lambda. */
export const { default: App, LogLevel } = bolt;
