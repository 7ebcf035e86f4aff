mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

# A mock gives every subnet the same id.
override_module {
  target = module.network

  outputs = {
    vpc_id                       = "vpc-1"
    subnet_ids                   = ["subnet-1", "subnet-2", "subnet-3"]
    zones                        = ["us-east-1a", "us-east-1b", "us-east-1c"]
    tasks_security_group_id      = "sg-1"
    warehouse_security_group_id  = "sg-2"
    quicksight_security_group_id = "sg-3"
    endpoint_ids                 = {}
  }
}

variables {
  environment   = "test"
  unique_suffix = "a1b2c3"
  alert_email   = "ops@example.com"
  image_tag     = "0.1.0"
}

run "services_load_at_once_and_tasks_may_do_what_their_verb_needs" {
  command = plan

  module {
    source = "./modules/platform"
  }

  assert {
    condition     = toset(keys(output.service_names)) == toset(["simulator", "bronze", "silver", "loader"]) && toset(keys(output.task_families)) == toset(["simulator", "bronze", "silver", "loader", "load", "gold-build", "gold-test", "migrate"])
    error_message = "There must be four services, and a task for each verb."
  }

  assert {
    condition     = join(" ", local.tasks["silver"].command) == "silver --no-load" && join(" ", local.tasks["loader"].command) == "load --follow" && local.services["loader"].desired == 1 && local.stages == toset(["bronze", "silver", "load"]) && toset(keys(local.schedules)) == toset(["gold-build", "gold-test"])
    error_message = "One service must load at once, none of the cleaners, and Gold alone be scheduled."
  }

  assert {
    condition     = local.tasks["bronze"].settings.AIRPORTOPS_LAKE == "s3://airportops-test-raw-a1b2c3" && local.tasks["silver"].settings.AIRPORTOPS_LAKE == "s3://airportops-test-cleaned-a1b2c3" && local.tasks["silver"].settings.AIRPORTOPS_STREAM == "kinesis:airportops-test-events"
    error_message = "Stages must find their places."
  }

  assert {
    condition     = output.region == "us-east-1" && output.warehouse.workgroup_name == "airportops-test" && output.warehouse.database == "airportops" && can(regex(":secret:", output.warehouse.admin_secret_arn))
    error_message = "The script warehouse-users must find region, workgroup, database and the administrator's secret."
  }

  assert {
    condition = output.warehouse_users == {
      airportops_loader  = { group = "airportops_load", secret = "airportops-test/warehouse/airportops_loader" }
      airportops_builder = { group = "airportops_build", secret = "airportops-test/warehouse/airportops_builder" }
      airportops_bi      = { group = "bi_reader", secret = "airportops-test/warehouse/airportops_bi" }
    }
    error_message = "The script warehouse-users must find users, groups and secrets."
  }

  assert {
    condition = jsonencode({ for task, definition in local.tasks : task => sort(distinct([for action in flatten(definition.statements[*].actions) : split(":", action)[0]])) }) == jsonencode({
      simulator  = ["kinesis", "kms"]
      bronze     = ["dynamodb", "kinesis", "kms", "s3", "sns"]
      silver     = ["dynamodb", "kinesis", "kms", "s3", "sns"]
      loader     = ["dynamodb", "kms", "redshift-data", "s3", "secretsmanager", "sns"]
      load       = ["kms", "redshift-data", "s3", "secretsmanager"]
      gold-build = ["kms", "redshift-data", "secretsmanager", "sns"]
      gold-test  = ["kms", "redshift-data", "s3", "secretsmanager", "sns"]
      migrate    = ["kms", "redshift-data", "secretsmanager"]
    })
    error_message = "A task may do something with a service that its verb has nothing to do with."
  }

  assert {
    condition     = one([for task, definition in local.tasks : task if contains(flatten(definition.statements[*].actions), "kinesis:PutRecords")]) == "simulator"
    error_message = "Only the simulator may write to the stream."
  }

  assert {
    condition     = toset([for task, definition in local.tasks : task if contains(definition.statements[*].sid, "FindRaw")]) == toset(["bronze", "silver"])
    error_message = "Only bronze and silver may look into the raw zone."
  }

  assert {
    condition     = toset([for task, definition in local.tasks : task if contains(definition.statements[*].sid, "KeepRaw")]) == toset(["bronze"])
    error_message = "Only bronze may write to the raw zone."
  }

  assert {
    condition     = [for task, definition in local.tasks : task if contains(keys(definition.settings), "AIRPORTOPS_BRONZE__LAKE")] == ["silver"]
    error_message = "Silver must know the raw zone, from which it fills holes of the stream."
  }
}

run "loads_on_a_schedule_let_the_warehouse_pause" {
  command = plan

  variables {
    load_schedule            = "rate(30 minutes)"
    quicksight_principal_arn = "arn:aws:quicksight:us-east-1:123456789012:user/default/ops"
  }

  module {
    source = "./modules/platform"
  }

  assert {
    condition     = join(" ", local.tasks["silver"].command) == "silver --no-load" && contains(keys(local.schedules), "load") && !contains(local.stages, "load") && !contains(keys(local.services), "loader")
    error_message = "The loading must be left to the schedule."
  }

  assert {
    condition     = !contains(flatten(local.tasks["silver"].statements[*].actions), "redshift-data:ExecuteStatement")
    error_message = "Silver has no business in the warehouse then."
  }

  assert {
    condition     = length(module.quicksight) == 1 && output.quicksight_dashboard_id == "airportops-test-airport"
    error_message = "QuickSight was asked for."
  }
}

run "without_a_warehouse_there_is_the_lake" {
  command = plan

  variables {
    warehouse_enabled = false
  }

  module {
    source = "./modules/platform"
  }

  assert {
    condition     = length(module.warehouse) == 0 && length(module.secrets) == 0 && length(module.schedule) == 0 && output.warehouse == null && join(" ", local.tasks["silver"].command) == "silver --no-load"
    error_message = "Nothing of the warehouse may be there."
  }
}

run "before_the_first_image_nothing_runs" {
  command = plan

  variables {
    services_enabled         = false
    quicksight_principal_arn = "arn:aws:quicksight:us-east-1:123456789012:user/default/ops"
    monthly_budget_usd       = 100
    archive_enabled          = false
  }

  module {
    source = "./modules/platform"
  }

  assert {
    condition     = length(output.service_names) == 0 && length(module.schedule) == 0 && contains(keys(output.task_families), "migrate")
    error_message = "Tasks must be there to be started, services and schedules not."
  }

  assert {
    condition     = length(module.quicksight) == 0 && length(module.budget) == 1 && length(module.archive) == 0
    error_message = "A budget was asked for, and no archive; QuickSight has to wait for the warehouse's users."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    environment          = "Dev Env"
    unique_suffix        = "A"
    alert_email          = "nobody"
    image_tag            = "latest"
    log_days             = 2
    network              = { zones = 1 }
    stream               = { mode = "ON_DEMAND", shard_count = 4 }
    simulator            = { desired_tasks = -1 }
    bronze               = { min_tasks = 2, max_tasks = 1 }
    silver               = { min_tasks = 0 }
    load_schedule        = "hourly"
    gold_schedule        = "hourly"
    test_schedule        = "hourly"
    gold_hours           = 0
    warehouse            = { base_capacity = 64, max_capacity = 32 }
    monthly_budget_usd   = -1
    lag_seconds          = 1
    refused_percent      = 200
    deletion_window_days = 1
  }

  expect_failures = [var.environment, var.unique_suffix, var.alert_email, var.image_tag, var.log_days, var.network, var.stream, var.simulator, var.bronze, var.silver, var.load_schedule, var.gold_schedule, var.test_schedule, var.gold_hours, var.warehouse, var.monthly_budget_usd, var.lag_seconds, var.refused_percent, var.deletion_window_days]
}

run "a_dashboard_without_a_warehouse_is_refused" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    warehouse_enabled        = false
    quicksight_principal_arn = "arn:aws:quicksight:us-east-1:123456789012:user/default/ops"
  }

  expect_failures = [var.quicksight_principal_arn]
}
