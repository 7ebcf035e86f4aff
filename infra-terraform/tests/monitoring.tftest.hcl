mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name                 = "airportops-test"
  cluster_arn          = "arn:aws:ecs:us-east-1:123456789012:cluster/airportops-test"
  topic_arn            = "arn:aws:sns:us-east-1:123456789012:airportops-test-alerts"
  stream_name          = "airportops-test-events"
  retention_hours      = 24
  stages               = ["bronze", "silver", "load"]
  gold_hours           = 2
  expect_traffic       = true
  delivery_stream_name = "airportops-test-archive"
  failed_starts_queue  = "airportops-test-failed-starts"
  workgroup_name       = "airportops-test"
}

run "an_alarm_for_lag_refusals_freshness_and_failures" {
  command = plan

  module {
    source = "./modules/monitoring"
  }

  assert {
    condition = output.alarm_names == sort([for alarm in [
      "lag-bronze", "lag-silver", "lag-load", "gold-not-built", "data-tests-failed", "no-traffic", "alerts-failed", "stream-throttled", "stream-about-to-forget", "archive-behind", "scheduled-start-failed", "refused",
    ] : "airportops-test-${alarm}"])
    error_message = "An alarm is missing, or one is too many."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([var.topic_arn])]) && aws_cloudwatch_metric_alarm.refused[0].alarm_actions == toset([var.topic_arn])
    error_message = "Every alarm must call the topic."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["lag-silver"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.this["lag-silver"].threshold == 300
    error_message = "A stage that writes no lag does not run, which is an alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["stream-about-to-forget"].threshold == 43200000
    error_message = "Half of the stream's retention must be the limit, in milliseconds."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.failed_tasks.event_pattern).detail.containers.exitCode == [{ anything-but = 0 }]
    error_message = "Containers that end badly must be told of."
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 9
    error_message = "The dashboard must show the alarms and eight graphs."
  }
}

run "nothing_is_watched_that_is_not_there" {
  command = plan

  variables {
    stages               = []
    gold_hours           = null
    expect_traffic       = false
    delivery_stream_name = null
    failed_starts_queue  = null
    workgroup_name       = null
  }

  module {
    source = "./modules/monitoring"
  }

  assert {
    condition     = output.alarm_names == tolist(["airportops-test-stream-about-to-forget", "airportops-test-stream-throttled"])
    error_message = "Only the stream is there."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/monitoring"
  }

  variables {
    name                 = "x"
    cluster_arn          = "airportops"
    topic_arn            = "alerts"
    stream_name          = "a stream"
    retention_hours      = 1
    stages               = ["gold"]
    lag_seconds          = 1
    refused_percent      = 0
    gold_hours           = 25
    delivery_stream_name = "a stream"
    failed_starts_queue  = "a queue"
    workgroup_name       = "A"
  }

  expect_failures = [var.name, var.cluster_arn, var.topic_arn, var.stream_name, var.retention_hours, var.stages, var.lag_seconds, var.refused_percent, var.gold_hours, var.delivery_stream_name, var.failed_starts_queue, var.workgroup_name]
}
