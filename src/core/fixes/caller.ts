/**
 * The e-mail address in the session name of a role of Identity Center, as `GetCallerIdentity` tells it:
 * `arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Engineer_0123456789abcdef/alice@bora.example`.
 * Null for every other caller: whoever assumes a role of their own chooses the session name themselves.
 */
export function emailOfCaller(arn: string): string | null {
  const session =
    /^arn:[\w-]+:sts::\d{12}:assumed-role\/AWSReservedSSO_[\w+=,.@-]+_[0-9a-f]{16}\/([^/]+)$/.exec(
      arn,
    )?.[1] ?? '';
  return /^[\w.+=-]+@[\w-]+(\.[\w-]+)+$/.test(session) ? session : null;
}
