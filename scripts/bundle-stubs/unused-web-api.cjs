/* Bolt's App makes a client for each request. Our listeners use their own, which is loaded when needed. */
exports.WebClient = class {};
exports.addAppMetadata = () => undefined;
exports.WebAPIPlatformError = class extends Error {};
exports.WebAPIRateLimitedError = class extends Error {};
exports.WebAPIHTTPError = class extends Error {};
