/** Errors raised on purpose: `code` for logs, `userMessage` for people, `retryable` for queues. */
export abstract class BotError extends Error {
  /** Spelled out in every class, because bundles shorten the names of classes. */
  abstract override readonly name: string;
  abstract readonly code: string;
  abstract readonly retryable: boolean;
  abstract readonly userMessage: string;
}

/** Something that was named is not there. */
export class NotFound extends BotError {
  override readonly name = 'NotFound';
  readonly code = 'not-found';
  readonly retryable = false;
  readonly userMessage =
    'That is no longer there. Please look at the newest message or start again.';
}

/** Somebody else wrote first: read again, decide again. */
export class Conflict extends BotError {
  override readonly name = 'Conflict';
  readonly code = 'conflict';
  readonly retryable = true;
  readonly userMessage =
    'Many people are deciding about these licenses right now. Please try again in a minute.';
}

/** A service we depend on did not answer, or asked us to slow down. */
export class Unavailable extends BotError {
  override readonly name = 'Unavailable';
  readonly code = 'unavailable';
  readonly retryable = true;
  readonly userMessage =
    'A service that I depend on does not answer. Nothing was changed. Please try again in a few minutes.';
}

/** The time of a job ends before its next step: what is left is for another run of it. */
export class OutOfTime extends BotError {
  override readonly name = 'OutOfTime';
  readonly code = 'out-of-time';
  readonly retryable = true;
  readonly userMessage = 'That takes longer than I have. I go on with it.';
}

/** Slack will not take this message, now or later. */
export class DeliveryRefused extends BotError {
  override readonly name = 'DeliveryRefused';
  readonly code = 'delivery-refused';
  readonly retryable = false;
  readonly userMessage = 'Slack refused my message.';
}

/** A document or setting that a person wrote cannot be used; the message says where and why. */
export class BadDocument extends BotError {
  override readonly name = 'BadDocument';
  readonly code = 'bad-document';
  readonly retryable = false;
  readonly userMessage = 'This document cannot be used.';
}
