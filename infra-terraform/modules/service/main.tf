locals {
  scaled       = var.scaling != null
  provider     = var.spot ? "FARGATE_SPOT" : "FARGATE"
  cluster_name = element(split("/", var.cluster_arn), 1)
  service_name = "${var.name}-${var.service}"
  running      = one(concat(aws_ecs_service.fixed, aws_ecs_service.scaled))
}

# Two of the same, of which one is there: whether Terraform holds the number of tasks can't depend on a variable.

resource "aws_ecs_service" "fixed" {
  count = local.scaled ? 0 : 1

  name                               = local.service_name
  cluster                            = var.cluster_arn
  task_definition                    = var.task_definition_arn
  desired_count                      = var.desired_tasks
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"

  capacity_provider_strategy {
    capacity_provider = local.provider
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }
}

resource "aws_ecs_service" "scaled" {
  count = local.scaled ? 1 : 0

  name                               = local.service_name
  cluster                            = var.cluster_arn
  task_definition                    = var.task_definition_arn
  desired_count                      = var.desired_tasks
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"

  capacity_provider_strategy {
    capacity_provider = local.provider
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "this" {
  count = local.scaled ? 1 : 0

  service_namespace  = "ecs"
  resource_id        = "service/${local.cluster_name}/${aws_ecs_service.scaled[0].name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.scaling.min_tasks
  max_capacity       = var.scaling.max_tasks
}

# Steps and no target: twice the tasks don't make half the lag, they make it shrink.
resource "aws_appautoscaling_policy" "out" {
  count = local.scaled ? 1 : 0

  name               = "${local.service_name}-out"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    cooldown                = 180
    metric_aggregation_type = "Maximum"

    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = var.scaling.out_seconds * 4
      scaling_adjustment          = 1
    }

    step_adjustment {
      metric_interval_lower_bound = var.scaling.out_seconds * 4
      scaling_adjustment          = 4
    }
  }
}

resource "aws_appautoscaling_policy" "in" {
  count = local.scaled ? 1 : 0

  name               = "${local.service_name}-in"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  resource_id        = aws_appautoscaling_target.this[0].resource_id
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    cooldown                = 600
    metric_aggregation_type = "Maximum"

    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = -1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "out" {
  count = local.scaled ? 1 : 0

  alarm_name          = "${local.service_name}-scale-out"
  alarm_description   = "${var.service} is more than ${var.scaling.out_seconds} s behind: a task more"
  namespace           = "AirportOps"
  metric_name         = "Lag"
  dimensions          = { Stage = var.scaling.stage, Stream = var.scaling.stream }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.scaling.out_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.out[0].arn]
}

resource "aws_cloudwatch_metric_alarm" "in" {
  count = local.scaled ? 1 : 0

  alarm_name          = "${local.service_name}-scale-in"
  alarm_description   = "${var.service} has been less than ${var.scaling.in_seconds} s behind for 15 minutes: a task less"
  namespace           = "AirportOps"
  metric_name         = "Lag"
  dimensions          = { Stage = var.scaling.stage, Stream = var.scaling.stream }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 15
  comparison_operator = "LessThanOrEqualToThreshold"
  threshold           = var.scaling.in_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.in[0].arn]
}
