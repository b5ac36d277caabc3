import type { Json } from '../../json.ts';
import type { ApiCall } from '../fix.ts';
import type { Snippet } from '../obstacle.ts';

/** The filters and alarms of a plan for who keeps them by code. Both languages quote as JSON does. */
export function alarmsAsCode(calls: ApiCall[]): Snippet[] {
  const filters = calls.filter(({ api }) => api === 'logs:PutMetricFilter');
  const actions = calls.find(({ api }) => api === 'cloudwatch:PutMetricAlarm')?.parameters
    .AlarmActions;
  const topic = Array.isArray(actions) ? String(actions[0]) : '';
  return [
    {
      tool: 'terraform',
      text: filters.map(({ parameters }) => terraform(fieldsOf(parameters), topic)).join('\n'),
    },
    {
      tool: 'cloudformation',
      text: filters.map(({ parameters }) => cloudFormation(fieldsOf(parameters), topic)).join('\n'),
    },
  ];
}

type Fields = { name: string; group: string; pattern: string };

function fieldsOf(parameters: { [name: string]: Json }): Fields {
  const { filterName, logGroupName, filterPattern } = parameters;
  return {
    name: String(filterName),
    group: String(logGroupName),
    pattern: String(filterPattern),
  };
}

function terraform({ name, group, pattern }: Fields, topic: string): string {
  const label = name.replaceAll('-', '_');
  return [
    `resource "aws_cloudwatch_log_metric_filter" "${label}" {`,
    `  name           = ${quoted(name)}`,
    `  log_group_name = ${quoted(group)}`,
    // Terraform reads `${` and `%{` in texts as its own; a pattern has neither, but escapes are cheap.
    `  pattern        = ${quoted(pattern).replaceAll('${', '$${').replaceAll('%{', '%%{')}`,
    '  metric_transformation {',
    `    name      = ${quoted(name)}`,
    '    namespace = "Trailwarden"',
    '    value     = "1"',
    '  }',
    '}',
    `resource "aws_cloudwatch_metric_alarm" "${label}" {`,
    `  alarm_name          = ${quoted(name)}`,
    `  metric_name         = ${quoted(name)}`,
    '  namespace           = "Trailwarden"',
    '  statistic           = "Sum"',
    '  period              = 300',
    '  evaluation_periods  = 1',
    '  threshold           = 1',
    '  comparison_operator = "GreaterThanOrEqualToThreshold"',
    '  treat_missing_data  = "notBreaching"',
    `  alarm_actions       = [${quoted(topic)}]`,
    '}',
  ].join('\n');
}

function cloudFormation({ name, group, pattern }: Fields, topic: string): string {
  const id = name.replaceAll(/[^A-Za-z0-9]/g, '');
  return [
    `${id}Filter:`,
    '  Type: AWS::Logs::MetricFilter',
    '  Properties:',
    `    FilterName: ${quoted(name)}`,
    `    LogGroupName: ${quoted(group)}`,
    `    FilterPattern: ${quoted(pattern)}`,
    '    MetricTransformations:',
    `      - { MetricName: ${quoted(name)}, MetricNamespace: Trailwarden, MetricValue: "1" }`,
    `${id}Alarm:`,
    '  Type: AWS::CloudWatch::Alarm',
    '  Properties:',
    `    AlarmName: ${quoted(name)}`,
    `    MetricName: ${quoted(name)}`,
    '    Namespace: Trailwarden',
    '    Statistic: Sum',
    '    Period: 300',
    '    EvaluationPeriods: 1',
    '    Threshold: 1',
    '    ComparisonOperator: GreaterThanOrEqualToThreshold',
    '    TreatMissingData: notBreaching',
    `    AlarmActions: [${quoted(topic)}]`,
  ].join('\n');
}

const quoted = (text: string) => JSON.stringify(text);
