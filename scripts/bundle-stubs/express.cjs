/* Bolt requires express for receivers that Lambda never uses. */
const unavailable = () => {
  throw new Error('express is not part of this bundle');
};
const express = () => ({ use: unavailable, get: unavailable, post: unavailable });
express.Router = () => ({
  use: unavailable,
  get: unavailable,
  post: unavailable,
  all: unavailable,
});
express.json = unavailable;
express.urlencoded = unavailable;
express.default = express;
module.exports = express;
