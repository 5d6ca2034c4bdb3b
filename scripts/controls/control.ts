/** A line that keeps something from happening, and the tests that must fail without it. */
export interface Control {
  /** Of the danger; the tests that must fail are those with it in their names. */
  readonly id: string;
  readonly what: string;
  readonly file: string;
  /** The text that is the control. It stands in the file once. */
  readonly control: string;
  readonly without: string;
  readonly tests: readonly string[];
}
