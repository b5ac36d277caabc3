import type { Call, World } from '../service.ts';
import { isAmong, rulesIn, shownEvaluation } from './config-compliance.ts';
import { pageOf } from './config-pages.ts';

/**
 * What every rule of a place says of one resource; nothing of a resource that no rule judged.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByResource.html
 */
export function getComplianceDetailsByResource(call: Call, world: World) {
  const { ResourceType, ResourceId, ComplianceTypes, NextToken } = call.input;
  const results = rulesIn(world, call.caller.account, call.region).flatMap(
    ({ name, evaluations }) =>
      evaluations
        .filter(({ type, id }) => type === ResourceType && id === ResourceId)
        .filter(({ compliance }) => isAmong(compliance, ComplianceTypes))
        .map((evaluation) => shownEvaluation(name, evaluation)),
  );
  const about = [call.operation, call.caller.account, call.region, ResourceType, ResourceId];
  const { page, next } = pageOf(results, about, { size: 10, token: NextToken, most: 100 });
  return { EvaluationResults: page, NextToken: next };
}
