/** What a person asked for cannot be done in Slack's client; the message says what to do instead. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
