mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name           = "airportops-test"
  task           = "silver"
  command        = ["silver", "--no-load"]
  image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/airportops-test:0.1.0"
  repository_arn = "arn:aws:ecr:us-east-1:123456789012:repository/airportops-test"
  environment    = { AIRPORTOPS_STREAM = "kinesis:airportops-test-events" }
  health_command = ["health"]
  statements     = [{ sid = "ReadStream", actions = ["kinesis:GetRecords"], resources = ["arn:aws:kinesis:us-east-1:123456789012:stream/airportops-test-events"] }]
  kms_key_arn    = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "a_container_that_can_write_its_scratch_folder_only_with_two_roles" {
  command = plan

  module {
    source = "./modules/task"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints[0].containerPath == "/var/lib/airportops"
    error_message = "The container must be read-only but for its folder."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"]
    error_message = "The container must drop all capabilities."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command == ["silver", "--no-load"] && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck.command == ["CMD", "airportops", "health"]
    error_message = "The container must run the verb and its health check the program's."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment == [{ name = "AIRPORTOPS_STREAM", value = "kinesis:airportops-test-events" }]
    error_message = "The container must have the settings it was given."
  }

  assert {
    condition     = aws_ecs_task_definition.this.family == "airportops-test-silver" && aws_ecs_task_definition.this.network_mode == "awsvpc" && aws_cloudwatch_log_group.this.name == "/airportops-test/silver"
    error_message = "Family and log must be named for environment and task."
  }

  assert {
    condition     = aws_iam_role.task.name == "airportops-test-silver" && aws_iam_role.start.name == "airportops-test-silver-start"
    error_message = "The program and ECS must have a role each."
  }

  assert {
    condition     = flatten([for s in data.aws_iam_policy_document.task.statement : s.actions]) == ["kinesis:GetRecords"]
    error_message = "The program may do what its statements say and nothing else."
  }

  assert {
    condition     = [for s in data.aws_iam_policy_document.start.statement : s.sid if contains(s.resources, "*")] == ["LogInToRegistry"]
    error_message = "Only the login to the registry may be for everything."
  }

  assert {
    condition     = toset(flatten([for c in data.aws_iam_policy_document.trust.statement[0].condition : c.variable])) == toset(["aws:SourceAccount", "aws:SourceArn"])
    error_message = "Only tasks of the account may have the roles."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/task"
  }

  variables {
    name           = "x"
    task           = "Silver!"
    command        = []
    image          = "airportops:latest"
    repository_arn = "airportops"
    environment    = { PATH = "/bin" }
    statements     = [{ sid = "Wide", actions = ["s3:*"], resources = ["*"] }]
    cpu            = 300
    architecture   = "arm"
    stop_seconds   = 121
    health_command = [""]
    scratch_path   = "tmp"
    log_days       = 2
    kms_key_arn    = "x"
  }

  expect_failures = [var.name, var.task, var.command, var.image, var.repository_arn, var.environment, var.statements, var.cpu, var.architecture, var.stop_seconds, var.health_command, var.scratch_path, var.log_days, var.kms_key_arn]
}

run "memory_that_fargate_does_not_have_is_refused" {
  command = plan

  module {
    source = "./modules/task"
  }

  variables {
    cpu    = 256
    memory = 4096
  }

  expect_failures = [var.memory]
}
