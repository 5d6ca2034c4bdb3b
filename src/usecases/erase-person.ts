import type { AuditEvent } from '#domain/audit/audit.ts';
import { eraseFromFollowUp, eraseFromRequest } from '#domain/audit/erasure.ts';
import { followUpStream } from '#domain/follow-ups/follow-up.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';
import type { WrittenTexts } from '#ports/written-texts.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface ErasurePorts extends CommitPorts {
  readonly texts: WrittenTexts;
}

/** Whose words are erased, and who does it. */
export interface Erasure {
  readonly personId: string;
  /** Slack user id of the administrator. */
  readonly by: string;
  /** ARN of the AWS principal that asks for it. */
  readonly principal: string;
}

/** How much was found, or erased. */
export interface ErasedTexts {
  readonly requests: number;
  readonly followUps: number;
  readonly texts: number;
}

/** How much of a person's words there is. */
export async function findTexts(
  { store, texts: written }: Pick<ErasurePorts, 'store' | 'texts'>,
  personId: string,
): Promise<ErasedTexts> {
  const counts = counter();
  for await (const id of written.requestIds()) {
    const request = await store.request(id);
    if (request !== null) counts.request(eraseFromRequest(request, personId).texts);
  }
  for await (const id of written.followUpIds()) {
    const followUp = await store.followUp(id);
    if (followUp !== null) counts.followUp(eraseFromFollowUp(followUp, personId).texts);
  }
  return counts.all();
}

/**
 * Erase a person's words from requests, follow-ups and cards as they were shown. No audit row is
 * touched: texts do not lie there. What is erased is audited; run again, it goes on where it was.
 */
export async function erasePerson(ports: ErasurePorts, erasure: Erasure): Promise<ErasedTexts> {
  const counts = counter();
  for await (const id of ports.texts.requestIds()) {
    counts.request(await eraseRequest(ports, id, erasure));
  }
  for await (const id of ports.texts.followUpIds()) {
    counts.followUp(await eraseFollowUp(ports, id, erasure));
  }
  const { personId: person, by, principal } = erasure;
  const all = counts.all();
  const details = { person, principal, ...all };
  const event = { stream: 'erasure', at: ports.now(), event: 'person.erased', by, details };
  await decideAndCommit(ports, async () => ({ ...NO_STEP, audit: [event] }));
  return all;
}

async function eraseRequest(
  ports: ErasurePorts,
  id: string,
  { personId, by }: Erasure,
): Promise<number> {
  const before = await ports.store.request(id);
  if (before === null || eraseFromRequest(before, personId).texts === 0) return 0;
  // First: what is erased in the request would not lead here again.
  await ports.texts.forgetShown(id);
  let erased = 0;
  await decideAndCommit(ports, async (): Promise<Step | null> => {
    const request = await ports.store.request(id);
    if (request === null) return null;
    const { document, texts } = eraseFromRequest(request, personId);
    if (texts === 0) return null;
    erased = texts;
    return {
      ...NO_STEP,
      request: { ...document, version: request.version + 1 },
      audit: [erasedFrom(`request/${id}`, by, texts, ports.now())],
      messages: [{ queue: 'answers', message: { kind: 'card', requestId: id } }],
    };
  });
  return erased;
}

async function eraseFollowUp(
  ports: ErasurePorts,
  id: string,
  { personId, by }: Erasure,
): Promise<number> {
  let erased = 0;
  await decideAndCommit(ports, async (): Promise<Step | null> => {
    const followUp = await ports.store.followUp(id);
    if (followUp === null) return null;
    const { document, texts } = eraseFromFollowUp(followUp, personId);
    if (texts === 0) return null;
    erased = texts;
    return {
      ...NO_STEP,
      followUps: [{ ...document, version: followUp.version + 1 }],
      audit: [erasedFrom(followUpStream(followUp), by, texts, ports.now())],
      messages: [{ queue: 'answers', message: { kind: 'follow-up-card', followUpId: id } }],
    };
  });
  return erased;
}

function erasedFrom(stream: string, by: string, texts: number, at: Date): AuditEvent {
  const event = stream.startsWith('request/') ? 'request.erased' : 'follow-up.erased';
  return { stream, at, event, by, details: { texts } };
}

function counter() {
  let requests = 0;
  let followUps = 0;
  let texts = 0;
  return {
    request(found: number) {
      requests += Math.min(found, 1);
      texts += found;
    },
    followUp(found: number) {
      followUps += Math.min(found, 1);
      texts += found;
    },
    all: () => ({ requests, followUps, texts }),
  };
}
