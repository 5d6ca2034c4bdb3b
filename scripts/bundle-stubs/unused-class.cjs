/* Stands for what Bolt and the SDK construct in other places only: other receivers,
   browsers, services that stream events. */
module.exports = class {
  constructor() {
    throw new Error('not part of this bundle');
  }
};
