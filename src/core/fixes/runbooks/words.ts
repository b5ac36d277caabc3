/** The name out of `arn:aws:s3:::name`; anything else stays as it is. */
export function bucketOf(arn: string): string {
  return /^arn:[\w-]+:s3:::(.+)$/.exec(arn)?.[1] ?? arn;
}

/** One word of a POSIX shell, whatever stands in it: names come from AWS and are hostile text. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
