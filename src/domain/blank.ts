/** True for words that say nothing: none, or only spaces and signs that nobody sees. */
export function isBlank(words: string): boolean {
  return !/[\p{L}\p{N}\p{P}\p{S}]/u.test(words);
}
