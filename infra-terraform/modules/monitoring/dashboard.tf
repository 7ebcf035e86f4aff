locals {
  of = { for stage in ["bronze", "silver", "load"] : stage => ["Stage", stage, "Stream", var.stream_name] }

  # Rows of two graphs each.
  graphs = concat(
    [
      { title = "Lag of each stage, seconds", stat = "Maximum", metrics = [for stage in sort(var.stages) : concat([local.program, "Lag"], local.of[stage])] },
      { title = "Events a minute", stat = "Sum", metrics = [for metric in ["Events", "Rows", "Duplicates", "Refused"] : concat([local.program, metric], local.of["silver"])] },
      { title = "Freshness, seconds", stat = "Maximum", metrics = [for metric in ["WatermarkLag", "WindowAge"] : concat([local.program, metric], local.of["silver"])] },
      { title = "Durations, seconds", stat = "Maximum", metrics = [
        concat([local.program, "WindowDuration"], local.of["silver"]), concat([local.program, "LoadDuration"], local.of["load"]), [local.program, "GoldBuildDuration", "Stage", "gold"],
      ] },
      { title = "Data tests", stat = "Sum", metrics = [for metric in ["FailedTests", "WarnedTests"] : [local.program, metric, "Stage", "test"]] },
      { title = "Stream, records a minute", stat = "Sum", metrics = [for metric in ["IncomingRecords", "GetRecords.Records", "WriteProvisionedThroughputExceeded"] : ["AWS/Kinesis", metric, "StreamName", var.stream_name]] },
    ],
    [for name in compact([var.delivery_stream_name]) :
      { title = "Archive, seconds behind", stat = "Maximum", metrics = [["AWS/Firehose", "DeliveryToS3.DataFreshness", "DeliveryStreamName", name]] }
    ],
    [for name in compact([var.workgroup_name]) :
      { title = "Warehouse, seconds of compute", stat = "Sum", metrics = [["AWS/Redshift-Serverless", "ComputeSeconds", "Workgroup", name]] }
    ],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat(
      [{
        type = "alarm", x = 0, y = 0, width = 24, height = 3
        properties = {
          title  = "Alarms"
          alarms = concat([for alarm in aws_cloudwatch_metric_alarm.this : alarm.arn], aws_cloudwatch_metric_alarm.refused[*].arn)
        }
      }],
      [for index, graph in local.graphs : {
        type = "metric", x = (index % 2) * 12, y = 3 + floor(index / 2) * 6, width = 12, height = 6
        properties = {
          title   = graph.title
          region  = local.region
          view    = "timeSeries"
          period  = 60
          stat    = graph.stat
          metrics = graph.metrics
        }
      }],
    )
  })
}
