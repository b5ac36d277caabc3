import type { WireRequest } from './protocol.ts';

/** What a signature says of its maker and of the service and region that it is meant for. */
export type CredentialScope = { accessKeyId: string; region: string; service: string };

/** The scope of a SigV4 signature, in the header or, for presigned addresses, in the query. */
export function credentialScope({ headers, query }: WireRequest): CredentialScope | undefined {
  const header = headers.authorization?.match(/Credential=([^,\s]+)/)?.[1];
  const [accessKeyId, , region, service] = (header ?? query.get('X-Amz-Credential') ?? '').split(
    '/',
  );
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

/** The session token that came with temporary credentials. */
export function sessionToken({ headers, query }: WireRequest): string | undefined {
  const header = headers['x-amz-security-token'];
  return typeof header === 'string' ? header : (query.get('X-Amz-Security-Token') ?? undefined);
}
