import { AwsFault, type Call, type World } from '../service.ts';
import { here } from './config-sources.ts';
import { roleExists } from './iam-entities.ts';

/** Who unites the organization in Config. There is one aggregator at most here, at AWS fifty an account. */

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationAggregator.html */
export function putConfigurationAggregator(call: Call, world: World) {
  const { ConfigurationAggregatorName: name, OrganizationAggregationSource: source } = call.input;
  const { account } = call.caller;
  const { organization, config } = world.scenario;
  if (!/^[\w-]{1,256}$/.test(name ?? '')) {
    throw new AwsFault('ValidationException', `the name ${name} is not valid`);
  }
  if (!source) throw new AwsFault('NotImplemented', 'only the organization is simulated', 501);
  const deputies = organization.delegatedAdministrators['config.amazonaws.com'] ?? [];
  const trusted = organization.serviceAccess.includes('config.amazonaws.com');
  const isManagement = account === organization.managementAccount;
  if (!isManagement && (!trusted || !deputies.includes(account))) {
    throw new AwsFault(
      'OrganizationAccessDeniedException',
      'This action can only be performed if you are in the management account or a registered delegated administrator and trusted access is enabled.',
    );
  }
  if (!roleExists(source.RoleArn ?? '', world)) {
    throw new AwsFault('InvalidRoleException', `The role ${source.RoleArn} is not valid.`);
  }
  const all = source.AllAwsRegions === true;
  if (all === (source.AwsRegions ?? []).length > 0) {
    throw new AwsFault(
      'InvalidParameterValueException',
      'Either AllAwsRegions or AwsRegions must be specified, not both.',
    );
  }
  const known = here(call, world);
  if (config.aggregator && known?.name !== name) {
    throw new AwsFault('NotImplemented', 'a second aggregator is not simulated', 501);
  }
  config.aggregator = {
    name,
    account,
    region: call.region,
    role: source.RoleArn,
    regions: all ? undefined : source.AwsRegions,
    stale: known?.stale ?? [],
    sources: known?.sources ?? [],
  };
  return {};
}

export function deleteConfigurationAggregator(call: Call, world: World) {
  if (here(call, world)?.name !== call.input.ConfigurationAggregatorName) {
    throw new AwsFault(
      'NoSuchConfigurationAggregatorException',
      'The configuration aggregator does not exist. Check the configuration aggregator name and try again.',
    );
  }
  world.scenario.config.aggregator = undefined;
  return {};
}
