import type { Handlers } from '../service.ts';
import {
  describeAggregateComplianceByConfigRules,
  describeConfigurationAggregatorSourcesStatus,
  describeConfigurationAggregators,
  getAggregateComplianceDetailsByConfigRule,
  listAggregateDiscoveredResources,
  selectAggregateResourceConfig,
  selectResourceConfig,
} from './config-aggregator.ts';
import {
  deleteConfigurationAggregator,
  putConfigurationAggregator,
} from './config-aggregator-changes.ts';
import { batchGetAggregateResourceConfig, batchGetResourceConfig } from './config-batch.ts';
import { getComplianceDetailsByResource } from './config-by-resource.ts';
import {
  describeComplianceByConfigRule,
  describeConfigRules,
  getComplianceDetailsByConfigRule,
} from './config-compliance.ts';
import { listDiscoveredResources } from './config-discovered.ts';
import { getResourceConfigHistory } from './config-history.ts';
import {
  describeConfigurationRecorderStatus,
  describeConfigurationRecorders,
  describeDeliveryChannelStatus,
  describeDeliveryChannels,
  startConfigurationRecorder,
  stopConfigurationRecorder,
} from './config-recorders.ts';

import {
  deleteConfigurationRecorder,
  deleteDeliveryChannel,
  putConfigurationRecorder,
  putDeliveryChannel,
} from './config-setup.ts';

/** The simulated AWS Config. */
export const config: Handlers = {
  'config:DescribeConfigurationRecorders': describeConfigurationRecorders,
  'config:DescribeConfigurationRecorderStatus': describeConfigurationRecorderStatus,
  'config:StartConfigurationRecorder': startConfigurationRecorder,
  'config:StopConfigurationRecorder': stopConfigurationRecorder,
  'config:PutConfigurationRecorder': putConfigurationRecorder,
  'config:DeleteConfigurationRecorder': deleteConfigurationRecorder,
  'config:PutDeliveryChannel': putDeliveryChannel,
  'config:DeleteDeliveryChannel': deleteDeliveryChannel,
  'config:DescribeDeliveryChannels': describeDeliveryChannels,
  'config:DescribeDeliveryChannelStatus': describeDeliveryChannelStatus,
  'config:DescribeConfigRules': describeConfigRules,
  'config:DescribeComplianceByConfigRule': describeComplianceByConfigRule,
  'config:GetComplianceDetailsByConfigRule': getComplianceDetailsByConfigRule,
  'config:GetComplianceDetailsByResource': getComplianceDetailsByResource,
  'config:SelectResourceConfig': selectResourceConfig,
  'config:GetResourceConfigHistory': getResourceConfigHistory,
  'config:ListDiscoveredResources': listDiscoveredResources,
  'config:BatchGetResourceConfig': batchGetResourceConfig,
  'config:BatchGetAggregateResourceConfig': batchGetAggregateResourceConfig,
  'config:DescribeConfigurationAggregators': describeConfigurationAggregators,
  'config:PutConfigurationAggregator': putConfigurationAggregator,
  'config:DeleteConfigurationAggregator': deleteConfigurationAggregator,
  'config:DescribeConfigurationAggregatorSourcesStatus':
    describeConfigurationAggregatorSourcesStatus,
  'config:SelectAggregateResourceConfig': selectAggregateResourceConfig,
  'config:ListAggregateDiscoveredResources': listAggregateDiscoveredResources,
  'config:DescribeAggregateComplianceByConfigRules': describeAggregateComplianceByConfigRules,
  'config:GetAggregateComplianceDetailsByConfigRule': getAggregateComplianceDetailsByConfigRule,
};
