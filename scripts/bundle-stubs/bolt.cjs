/* Of Bolt, what routes: its receivers and its Assistant are for other places than this Lambda. */
const { default: App, LogLevel } = require('@slack/bolt/dist/App.js');
module.exports = { App, LogLevel };
