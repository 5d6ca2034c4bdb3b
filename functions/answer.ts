import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { AnswerJob } from '#domain/jobs/answer-job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireAnswer } from '#src/wiring/answer.ts';
import { runAnswer } from '#usecases/run-answer.ts';

const ports = wireAnswer(Settings.parse(process.env), () => process.env['AWS_SESSION_TOKEN'] ?? '');

/** Answers questions, posts and edits cards, draws the Home tab. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return runJobs(event, (body, delivery) => runAnswer(ports, AnswerJob.parse(body), delivery));
}
