mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name                = "airportops-test"
  service             = "silver"
  cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/airportops-test"
  task_definition_arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/airportops-test-silver:3"
  subnet_ids          = ["subnet-1", "subnet-2"]
  security_group_id   = "sg-1"
}

run "a_fixed_number_without_public_addresses" {
  command = plan

  variables {
    desired_tasks = 3
  }

  module {
    source = "./modules/service"
  }

  assert {
    condition     = length(aws_ecs_service.fixed) == 1 && length(aws_ecs_service.scaled) == 0 && length(aws_appautoscaling_target.this) == 0
    error_message = "Without scaling there must be one service and no target."
  }

  assert {
    condition     = aws_ecs_service.fixed[0].desired_count == 3 && !aws_ecs_service.fixed[0].network_configuration[0].assign_public_ip && !aws_ecs_service.fixed[0].enable_execute_command
    error_message = "Three tasks without a public address or a way in were asked for."
  }

  assert {
    condition     = aws_ecs_service.fixed[0].deployment_circuit_breaker[0].rollback
    error_message = "A deployment that fails must be taken back."
  }
}

run "scaled_by_the_lag_of_its_stage" {
  command = plan

  variables {
    spot    = true
    scaling = { min_tasks = 2, max_tasks = 16, stage = "silver", stream = "airportops-test-events" }
  }

  module {
    source = "./modules/service"
  }

  assert {
    condition     = aws_appautoscaling_target.this[0].min_capacity == 2 && aws_appautoscaling_target.this[0].max_capacity == 16 && aws_appautoscaling_target.this[0].resource_id == "service/airportops-test/airportops-test-silver"
    error_message = "The target must be this service, between its limits."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.out[0].metric_name == "Lag" && aws_cloudwatch_metric_alarm.out[0].dimensions == tomap({ Stage = "silver", Stream = "airportops-test-events" }) && aws_cloudwatch_metric_alarm.out[0].threshold == 120
    error_message = "It must scale out by the lag of its stage."
  }

  assert {
    condition     = one(aws_ecs_service.scaled[0].capacity_provider_strategy).capacity_provider == "FARGATE_SPOT"
    error_message = "Spare capacity was asked for."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/service"
  }

  variables {
    name                = "x"
    service             = "Silver!"
    cluster_arn         = "airportops"
    task_definition_arn = "airportops-silver"
    subnet_ids          = ["subnet-1"]
    security_group_id   = "default"
    desired_tasks       = -1
    scaling             = { min_tasks = 0, max_tasks = 2, stage = "silver", stream = "s" }
  }

  expect_failures = [var.name, var.service, var.cluster_arn, var.task_definition_arn, var.subnet_ids, var.security_group_id, var.desired_tasks, var.scaling]
}

run "scaling_up_and_down_for_ever_is_refused" {
  command = plan

  module {
    source = "./modules/service"
  }

  variables {
    scaling = { min_tasks = 1, max_tasks = 2, stage = "silver", stream = "s", out_seconds = 60, in_seconds = 60 }
  }

  expect_failures = [var.scaling]
}
