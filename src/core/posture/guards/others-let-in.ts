import { accountIn } from './own-sources.ts';
import type { PolicyDocument } from './policy-document.ts';
import { type Deed, deniesFor, mayBeAbout } from './policy-guards.ts';

/** The account that owns the bucket, and the roles that its denies may leave out. */
type Owned = { owner: string; breakGlassRoles: string[] };

/**
 * The other accounts whose credentials a bucket's own policy lets do a deed, or a part of it; `*` for
 * everybody's. A statement with a condition may be met by nobody of them, and is not counted.
 */
export function othersLetIn(
  document: PolicyDocument | null,
  deed: Deed,
  { owner, breakGlassRoles }: Owned,
): string[] {
  if (!document || deniesFor(document, deed, breakGlassRoles)) return [];
  const letting = document.Statement.filter(
    (statement) =>
      statement.Effect === 'Allow' && !statement.Condition && mayBeAbout(statement, deed),
  );
  const accounts = letting
    .flatMap(({ Principal, NotPrincipal }) => (NotPrincipal ? ['*'] : (Principal?.AWS ?? [])))
    .map((who) => accountIn(who) || who);
  return [...new Set(accounts)].filter((account) => account !== owner);
}
