/**
 * Slack's limits, counted in Unicode code points. Where sources disagree, the lower number.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export const LIMITS = {
  /** Slack documents no total; from about 13,200 it answers `msg_blocks_too_long`. */
  messageCharacters: 12_000,
  fallbackText: 3000,
  header: 150,
  contextElements: 10,
  /** Ours: the longest piece of text in a line, and of a text put into markup. */
  piece: 600,
  markupPiece: 300,
  /** Ours: how much of somebody's own words a message quotes. */
  quote: 1500,
  buttonText: 75,
  optionText: 75,
  optionValue: 75,
  options: 100,
  placeholder: 150,
  hint: 2000,
  label: 2000,
  modalTitle: 24,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** Ours: how many reasons, warnings or alternatives a card lists. */
  cardListItems: 8,
  tableRows: 100,
  chartPoints: 20,
  chartLabel: 20,
} as const;
