import type { CloudTrailEvent } from './event.ts';
import { member, text } from './parse-event.ts';

/**
 * The bytes that S3 says it sent out for this call (`additionalEventData.bytesTransferredOut` of data
 * events); 0 where the record says none. A number in some exports, a string or `512.0` in others.
 */
export function bytesOut(event: CloudTrailEvent): bigint {
  const said = text(member(event.record.additionalEventData)?.bytesTransferredOut);
  const whole = /^(\d{1,30})(?:\.0+)?$/.exec(said ?? '')?.[1];
  return whole === undefined ? 0n : BigInt(whole);
}
