/**
 * Block Kit's limits, as Slack documents them; characters are Unicode code points.
 * Where sources disagree the lower figure stands, so that what passes here passes there.
 * @see https://docs.slack.dev/reference/block-kit
 */
export const LIMITS = {
  id: 255,
  text: 3000,
  url: 3000,
  altText: 2000,
  placeholder: 150,
  buttonText: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  confirm: { title: 100, text: 300, button: 30 },
  option: { text: 75, value: 150, description: 75 },
  options: 100,
  optionGroups: 100,
  choices: 10,
  overflow: 5,
  visibleToUsers: 10,
  files: 10,
  inputCharacters: 3000,
  inputLines: 100,
  actions: 25,
  alert: 200,
  card: { title: 150, body: 200, actions: 3 },
  carousel: 10,
  container: { title: 150, children: 10 },
  context: 10,
  contextActions: 5,
  header: 150,
  label: 2000,
  fields: { count: 10, text: 2000 },
  markdown: 12_000,
  planTasks: 50,
  listIndent: 8,
  table: { rows: 100, columns: 20, characters: 10_000 },
  /** Rows include the header; newer sources say 201. */
  dataTable: { minRows: 2, rows: 101, columns: 20, pageSize: 100 },
  /** Segments and series: newer sources say 12. */
  chart: { title: 50, segments: 6, series: 6, points: 20, label: 20, axisLabel: 50, perMessage: 2 },
  blocks: { message: 50, view: 100 },
  /** Visible characters of all blocks of a message; not documented, measured just above 13,172 (slackapi/bolt-js#2509). */
  messageCharacters: 13_200,
  view: { title: 24, privateMetadata: 3000, bytes: 250_000 },
} as const;
