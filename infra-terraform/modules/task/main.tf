data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.name
  arn       = "arn:${data.aws_partition.current.partition}"
  family    = "${var.name}-${var.task}"
  log_group = "/${var.name}/${var.task}"
  program   = "airportops"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = local.log_group
  retention_in_days = var.log_days
  kms_key_id        = var.kms_key_arn
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["${local.arn}:ecs:${local.region}:${local.account}:*"]
    }
  }
}

# What the program may do.

data "aws_iam_policy_document" "task" {
  dynamic "statement" {
    for_each = var.statements

    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = statement.value.resources

      dynamic "condition" {
        for_each = statement.value.conditions

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role" "task" {
  name               = local.family
  description        = "What ${var.task} of ${var.name} may do"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "task" {
  name   = var.task
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.task.json
}

# What ECS may do to start it.

data "aws_iam_policy_document" "start" {
  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [var.repository_arn]
  }

  statement {
    sid       = "LogInToRegistry"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "WriteLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.arn}:logs:${local.region}:${local.account}:log-group:${local.log_group}:log-stream:*"]
  }
}

resource "aws_iam_role" "start" {
  name               = "${local.family}-start"
  description        = "What ECS may do to start ${var.task} of ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "start" {
  name   = "start"
  role   = aws_iam_role.start.id
  policy = data.aws_iam_policy_document.start.json
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.family
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = aws_iam_role.task.arn
  execution_role_arn       = aws_iam_role.start.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  volume {
    name = "scratch"
  }

  container_definitions = jsonencode([merge(
    {
      name                   = var.task
      image                  = var.image
      essential              = true
      command                = var.command
      environment            = [for key in sort(keys(var.environment)) : { name = key, value = var.environment[key] }]
      readonlyRootFilesystem = true
      stopTimeout            = var.stop_seconds
      linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
      mountPoints            = [{ sourceVolume = "scratch", containerPath = var.scratch_path, readOnly = false }]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.this.name
          "awslogs-region"        = local.region
          "awslogs-stream-prefix" = var.task
        }
      }
    },
    length(var.health_command) == 0 ? {} : {
      healthCheck = {
        command     = concat(["CMD", local.program], var.health_command)
        interval    = 30
        timeout     = 10
        retries     = 3
        startPeriod = 120
      }
    },
  )])
}
