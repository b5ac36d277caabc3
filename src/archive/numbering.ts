/** Numbers for texts, in the order in which they are met. */
export function numbering() {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  return {
    texts,
    numberOf(text: string): number {
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.length;
        texts.push(text);
        numbers.set(text, number);
      }
      return number;
    },
    clear() {
      texts.length = 0;
      numbers.clear();
    },
  };
}
