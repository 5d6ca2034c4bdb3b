/** How wide a terminal is taken to be. */
const COLUMNS = 100;

/**
 * Words in lines of a terminal: `first` before them, and as much room below it. A word that is longer
 * than a line stays whole.
 */
export function wrappedText(first: string, text: string): readonly string[] {
  const room = ' '.repeat([...first].length);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && room.length + [...last, ' ', ...word].length <= COLUMNS) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line, index) => `${index === 0 ? first : room}${line}`);
}
