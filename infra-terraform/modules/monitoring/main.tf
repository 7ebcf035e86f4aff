data "aws_region" "current" {}

locals {
  region     = data.aws_region.current.name
  program    = "AirportOps"
  of_stream  = { Stream = var.stream_name }
  gold_hours = coalesce(var.gold_hours, 1)

  # Metrics of the program, as docs/operations.md lists them, then those of the services it stands on. Missing data breaches where something runs
  # always: what has stopped measures nothing.
  lag = { for stage in var.stages : "lag-${stage}" => {
    wanted     = true
    text       = "${stage} is more than ${var.lag_seconds} s behind, or does not run"
    namespace  = local.program, metric = "Lag", dimensions = merge(local.of_stream, { Stage = stage })
    statistic  = "Maximum", period = 60, periods = 5, comparison = "GreaterThanThreshold", threshold = var.lag_seconds
    is_missing = "breaching"
  } }

  others = {
    gold-not-built = {
      wanted     = var.gold_hours != null
      text       = "The star schema has not been built for ${local.gold_hours} h"
      namespace  = local.program, metric = "GoldBuilds", dimensions = { Stage = "gold" }
      statistic  = "Sum", period = local.gold_hours * 3600, periods = 1, comparison = "LessThanThreshold", threshold = 1
      is_missing = "breaching"
    }
    data-tests-failed = {
      wanted     = var.gold_hours != null
      text       = "A data test of severity error found rows: gold test says which"
      namespace  = local.program, metric = "FailedTests", dimensions = { Stage = "test" }
      statistic  = "Sum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = 0
      is_missing = "notBreaching"
    }
    no-traffic = {
      wanted     = var.expect_traffic && contains(var.stages, "silver")
      text       = "No record has been cleaned for 15 minutes"
      namespace  = local.program, metric = "Records", dimensions = merge(local.of_stream, { Stage = "silver" })
      statistic  = "Sum", period = 900, periods = 1, comparison = "LessThanThreshold", threshold = 1
      is_missing = "breaching"
    }
    alerts-failed = {
      wanted     = length(var.stages) > 0
      text       = "The program could not send its alerts to the topic"
      namespace  = local.program, metric = "AlertsFailed", dimensions = { Stage = "alerts" }
      statistic  = "Sum", period = 900, periods = 1, comparison = "GreaterThanThreshold", threshold = 0
      is_missing = "notBreaching"
    }
    stream-throttled = {
      wanted     = true
      text       = "Writers to the stream have been throttled for 5 minutes: more shards, or keys that spread better"
      namespace  = "AWS/Kinesis", metric = "WriteProvisionedThroughputExceeded", dimensions = { StreamName = var.stream_name }
      statistic  = "Sum", period = 60, periods = 5, comparison = "GreaterThanThreshold", threshold = 0
      is_missing = "notBreaching"
    }
    stream-about-to-forget = {
      wanted     = true
      text       = "A reader is ${floor(var.retention_hours / 2)} h behind; after ${var.retention_hours} h the stream forgets what it has not read"
      namespace  = "AWS/Kinesis", metric = "GetRecords.IteratorAgeMilliseconds", dimensions = { StreamName = var.stream_name }
      statistic  = "Maximum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = var.retention_hours * 1800000
      is_missing = "notBreaching"
    }
    archive-behind = {
      wanted     = var.delivery_stream_name != null
      text       = "Firehose has records older than 15 minutes that are not in the raw zone"
      namespace  = "AWS/Firehose", metric = "DeliveryToS3.DataFreshness", dimensions = { DeliveryStreamName = var.delivery_stream_name }
      statistic  = "Maximum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = 900
      is_missing = "notBreaching"
    }
    scheduled-start-failed = {
      wanted     = var.failed_starts_queue != null
      text       = "A scheduled task could not be started: the queue's messages say which and why"
      namespace  = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = var.failed_starts_queue }
      statistic  = "Maximum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = 0
      is_missing = "notBreaching"
    }
  }

  alarms = { for alarm, definition in merge(local.lag, local.others) : alarm => definition if definition.wanted }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.text
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.periods
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = each.value.is_missing
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  count = contains(var.stages, "silver") ? 1 : 0

  alarm_name          = "${var.name}-refused"
  alarm_description   = "More than ${var.refused_percent} % of the events of 15 minutes were refused: quarantine list says which and why"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.refused_percent
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]

  metric_query {
    id          = "percent"
    label       = "Refused events in a hundred"
    expression  = "IF(events > 0, 100 * refused / events, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { refused = "Refused", events = "Events" }

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = local.program
        metric_name = metric_query.value
        dimensions  = merge(local.of_stream, { Stage = "silver" })
        stat        = "Sum"
        period      = 900
      }
    }
  }
}

# Containers that ended by themselves and not well: no metric counts them.
resource "aws_cloudwatch_event_rule" "failed_tasks" {
  name        = "${var.name}-failed-tasks"
  description = "Containers of ${var.name} that ended with another status than 0"

  event_pattern = jsonencode({
    source      = ["aws.ecs"]
    detail-type = ["ECS Task State Change"]
    detail = {
      clusterArn = [var.cluster_arn]
      lastStatus = ["STOPPED"]
      containers = { exitCode = [{ anything-but = 0 }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "failed_tasks" {
  rule = aws_cloudwatch_event_rule.failed_tasks.name
  arn  = var.topic_arn

  input_transformer {
    input_paths    = { task = "$.detail.taskArn", group = "$.detail.group", reason = "$.detail.stoppedReason", status = "$.detail.containers[0].exitCode" }
    input_template = "\"<group> ended with status <status>: <reason>. Task <task>; its log says more.\""
  }
}
