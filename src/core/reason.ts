/** An error with its causes as one line: what a log line and a person need, and no stack. */
export function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let at = error; at instanceof Error && reasons.length < 6; at = at.cause) {
    reasons.push(at.name === 'Error' ? at.message : `${at.name}: ${at.message}`);
  }
  return reasons.join(': ') || String(error);
}
