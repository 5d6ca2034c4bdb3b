import type { AwsService } from '../../../sandbox/aws/wire/service.ts';

export const SCOPE = { account: '222233334444', region: 'us-east-1' };

/** One page of a list of numbered items, as its token asks for it. */
export type PageAt = (token: string | undefined) => {
  readonly items: readonly number[];
  readonly next?: string | undefined;
};

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A list that an adapter reads: how AWS plays it in pages, and how the adapter is asked. */
export interface PagedList {
  readonly name: string;
  readonly serve: (at: PageAt) => AwsService;
  /** One value for each item, none of them alike. */
  readonly read: (settings: ClientSettings) => Promise<readonly unknown[]>;
}

/** The three names that AWS's services give to the token of a page. */
interface Asked {
  readonly NextToken?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly Marker?: string | undefined;
}

/** An operation that answers in pages. */
export function paged<Output>(
  at: PageAt,
  answer: (items: readonly number[], next: string | undefined) => Output,
): (input: Asked) => Output {
  return ({ NextToken, nextToken, Marker }) => {
    const { items, next } = at(NextToken ?? nextToken ?? Marker);
    return answer(items, next);
  };
}

/** An operation that always answers the same. */
export function fixed<Output>(output: Output): () => Output {
  return () => output;
}
