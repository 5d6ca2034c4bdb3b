/* Bolt reads bodies with raw-body only in its own HTTP receivers. */
module.exports = async () => {
  throw new Error('raw-body is not part of this bundle');
};
