/** The region in an answer of GetBucketLocation: nothing for us-east-1, `EU` for the oldest of eu-west-1. */
export function regionOf(locationConstraint: string | undefined): string {
  return locationConstraint === 'EU' ? 'eu-west-1' : locationConstraint || 'us-east-1';
}
