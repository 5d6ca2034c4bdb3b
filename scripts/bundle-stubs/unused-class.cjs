/* Bolt extends or constructs these only for OAuth and Socket Mode, which Lambda never uses. */
class Unavailable {
  constructor() {
    throw new Error('not part of this bundle');
  }
}
module.exports = { InstallProvider: Unavailable, SocketModeClient: Unavailable, LogLevel: {} };
