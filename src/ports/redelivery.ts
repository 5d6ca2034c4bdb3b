/** When a message that failed comes again. */
export interface Redelivery {
  /** Unless this is said, a failed message stays hidden until the time that its queue allows for the work. */
  after(receiptHandle: string, seconds: number): Promise<void>;
}
