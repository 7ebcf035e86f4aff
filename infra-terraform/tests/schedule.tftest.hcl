mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name              = "airportops-test"
  cluster_arn       = "arn:aws:ecs:us-east-1:123456789012:cluster/airportops-test"
  subnet_ids        = ["subnet-1", "subnet-2"]
  security_group_id = "sg-1"
  kms_key_arn       = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  schedules = {
    gold-build = { expression = "rate(15 minutes)", task_definition_arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/airportops-test-gold-build:1", role_arns = ["arn:aws:iam::123456789012:role/airportops-test-gold-build"] }
    gold-test  = { expression = "cron(10 6 * * ? *)", task_definition_arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/airportops-test-gold-test:1", role_arns = ["arn:aws:iam::123456789012:role/airportops-test-gold-test"], enabled = false }
  }
}

run "each_schedule_may_start_its_own_task_only" {
  command = plan

  module {
    source = "./modules/schedule"
  }

  assert {
    condition     = { for key, schedule in aws_scheduler_schedule.this : key => schedule.state } == { gold-build = "ENABLED", gold-test = "DISABLED" }
    error_message = "A schedule must be on unless it was asked to be off."
  }

  assert {
    condition     = one([for s in data.aws_iam_policy_document.start["gold-build"].statement : s.resources if s.sid == "StartTask"]) == toset([var.schedules.gold-build.task_definition_arn])
    error_message = "A schedule may start its own task."
  }

  assert {
    condition     = one([for s in data.aws_iam_policy_document.start["gold-build"].statement : s.resources if s.sid == "PassItsRoles"]) == toset(var.schedules.gold-build.role_arns)
    error_message = "A schedule may pass its own task's roles."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : length(schedule.target[0].dead_letter_config) == 1 && !schedule.target[0].ecs_parameters[0].network_configuration[0].assign_public_ip])
    error_message = "Failed starts must be kept, and tasks have no public address."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/schedule"
  }

  variables {
    name              = "x"
    cluster_arn       = "airportops"
    subnet_ids        = []
    security_group_id = "default"
    kms_key_arn       = "x"
    schedules         = { gold-build = { expression = "every 15 minutes", task_definition_arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/x:1", role_arns = ["r"] } }
  }

  expect_failures = [var.name, var.cluster_arn, var.subnet_ids, var.security_group_id, var.kms_key_arn, var.schedules]
}

run "a_task_without_a_revision_is_refused" {
  command = plan

  module {
    source = "./modules/schedule"
  }

  variables {
    schedules = { gold-build = { expression = "rate(1 hour)", task_definition_arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/x", role_arns = ["r"] } }
  }

  expect_failures = [var.schedules]
}
