import * as z from 'zod';

const Text = z.record(z.string(), z.string());

/** What is read of an API Gateway HTTP API event, payload format 2.0, behind an IAM authorizer. */
export const ApiEvent = z.object({
  routeKey: z.string(),
  headers: Text.default({}),
  pathParameters: Text.default({}),
  queryStringParameters: Text.default({}),
  requestContext: z.object({
    authorizer: z
      .object({ iam: z.object({ userArn: z.string().nullish() }).optional() })
      .optional(),
  }),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});
export type ApiEvent = z.output<typeof ApiEvent>;

/** What API Gateway sends on. */
export interface ApiResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What every refused or failed call answers. */
export const ApiProblem = z.object({
  error: z.enum([
    'bad-request',
    'unknown-caller',
    'may-not-decide',
    'not-found',
    'key-reused',
    'too-large',
    'not-json',
    'failed',
  ]),
  /** What is wrong and what to do. */
  message: z.string(),
  /** What is wrong with fields of the body, by their names. */
  fields: z.array(z.object({ field: z.string(), message: z.string() })),
  /** To quote when asking for help; `null` unless it failed on our side. */
  reference: z.string().nullable(),
});
export type ApiProblem = z.output<typeof ApiProblem>;

/** A call that is answered with a problem. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: ApiProblem;

  constructor(
    status: number,
    error: ApiProblem['error'],
    message: string,
    fields: ApiProblem['fields'] = [],
  ) {
    super(message);
    this.status = status;
    this.problem = { error, message, fields, reference: null };
  }
}

/** A body that cannot be used, by its fields. */
export function badFields(fields: ApiProblem['fields']): Refused {
  const message = 'The body cannot be used: see fields.';
  return new Refused(400, 'bad-request', message, fields);
}

export function answer(statusCode: number, document: unknown): ApiResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(document),
  };
}

/** A body is far smaller; a larger one is not even parsed. */
const MOST_BYTES = 256 * 1024;

/**
 * The body as the schema reads it.
 *
 * @throws {Refused} when it is too large, not JSON, or not what the schema says: by field
 */
export function bodyOf<Body extends z.ZodType>(event: ApiEvent, schema: Body): z.output<Body> {
  const parsed = schema.safeParse(json(event));
  if (parsed.success) return parsed.data;
  throw badFields(parsed.error.issues.flatMap(fieldsOf));
}

function fieldsOf(issue: z.core.$ZodIssue): ApiProblem['fields'] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((field) => ({ field, message: 'There is no such field' }));
  }
  return [{ field: issue.path.map(String).join('.') || 'body', message: issue.message }];
}

function json({ headers, body, isBase64Encoded }: ApiEvent): unknown {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MOST_BYTES) {
    throw new Refused(413, 'too-large', 'The body has more than 256 KiB.');
  }
  const [media = ''] = (headers['content-type'] ?? '').split(';');
  if (media.trim().toLowerCase() !== 'application/json') {
    throw new Refused(415, 'not-json', 'Send the body as content-type: application/json.');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refused(400, 'not-json', 'The body is not JSON in UTF-8.');
  }
}
