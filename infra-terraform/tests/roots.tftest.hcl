mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  unique_suffix = "a1b2c3"
  alert_email   = "ops@example.com"
  image_tag     = "0.1.0"
}

run "dev_is_small_pauses_and_leaves_nothing_behind" {
  command = plan

  module {
    source = "./envs/dev"
  }

  assert {
    condition     = output.name == "airportops-dev" && output.stream_name == "airportops-dev-events" && length(output.service_names) == 3
    error_message = "dev must be named so and have three services."
  }
}

run "prod_is_named_so_and_simulates_nothing" {
  command = plan

  module {
    source = "./envs/prod"
  }

  assert {
    condition     = output.name == "airportops-prod" && var.desired_tasks == 0
    error_message = "prod must be named so and have no simulators by default."
  }
}

run "dev_refuses_wrong_inputs" {
  command = plan

  module {
    source = "./envs/dev"
  }

  variables {
    region                   = "virginia"
    unique_suffix            = "A"
    alert_email              = "nobody"
    image_tag                = "latest"
    desired_tasks            = -1
    quicksight_principal_arn = "ops"
    monthly_budget_usd       = -1
    max_retries              = -1
  }

  expect_failures = [var.region, var.unique_suffix, var.alert_email, var.image_tag, var.desired_tasks, var.quicksight_principal_arn, var.monthly_budget_usd, var.max_retries]
}

run "prod_refuses_wrong_inputs" {
  command = plan

  module {
    source = "./envs/prod"
  }

  variables {
    region                   = "virginia"
    unique_suffix            = "A"
    alert_email              = "nobody"
    image_tag                = "latest"
    desired_tasks            = -1
    quicksight_principal_arn = "ops"
    monthly_budget_usd       = -1
    max_retries              = -1
  }

  expect_failures = [var.region, var.unique_suffix, var.alert_email, var.image_tag, var.desired_tasks, var.quicksight_principal_arn, var.monthly_budget_usd, var.max_retries]
}
