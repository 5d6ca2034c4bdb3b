/** A file that somebody uploaded to Slack, or why it is not read. */
export type UploadedFile =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly name: string }
  | { readonly kind: 'gone' };

/** Files that people uploaded to Slack. */
export interface UploadedFiles {
  /** The whole file, if it has at most so many bytes. What is larger is not downloaded. */
  read(fileId: string, mostBytes: number): Promise<UploadedFile>;
}
