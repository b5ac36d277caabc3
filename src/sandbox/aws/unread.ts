/** An input that remembers which of its parameters somebody looked at. */
export function watch(input: object): { input: object; unread(): string[] } {
  const unread = new Set(Object.keys(input));
  const watched = new Proxy(input, {
    get: (target, name, receiver) => {
      if (typeof name === 'string') unread.delete(name);
      return Reflect.get(target, name, receiver);
    },
  });
  return { input: watched, unread: () => [...unread] };
}

/**
 * Parameters that change nothing in what is simulated. Any other that an operation's handler never looks
 * at is answered `NotImplemented`: the answer would be one to another question.
 */
const HARMLESS: { [operation: string]: RegExp } = {
  // SDKs verify what they send and receive themselves; the wire has read the length already.
  's3:GetObject': /^ChecksumMode$/,
  's3:PutObject': /^(Checksum\w+|ContentLength|ContentMD5)$/,
  's3:PutBucketAcl': /^(Checksum\w+|ContentMD5)$/,
  's3:PutBucketLifecycleConfiguration': /^(Checksum\w+|ContentMD5)$/,
  's3:PutBucketLogging': /^(Checksum\w+|ContentMD5)$/,
  's3:PutBucketPolicy': /^(Checksum\w+|ContentMD5)$/,
  's3:PutBucketVersioning': /^(Checksum\w+|ContentMD5)$/,
  's3:PutObjectLockConfiguration': /^(Checksum\w+|ContentMD5)$/,
  's3:PutPublicAccessBlock': /^(Checksum\w+|ContentMD5)$/,
  // Whether tags may be passed is a matter of authorization; no simulated policy asks for them later.
  'sts:AssumeRole': /^(Tags|TransitiveTagKeys)$/,
};

export function isHarmless(operation: string, parameter: string): boolean {
  return HARMLESS[operation]?.test(parameter) ?? false;
}
