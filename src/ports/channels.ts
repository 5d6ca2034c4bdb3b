/** What Slack says of its channels. */
export interface Channels {
  /**
   * Whether people of another organization are in the channel, at most 60 s old. A channel that the
   * bot cannot see counts as one; one person's direct messages, also by that person's id, never do.
   *
   * @throws {Unavailable} when Slack does not answer: the caller fails closed.
   */
  isShared(channelId: string): Promise<boolean>;
}
