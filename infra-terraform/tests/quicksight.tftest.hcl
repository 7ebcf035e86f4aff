mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name              = "airportops-test"
  host              = "airportops-test.123456789012.us-east-1.redshift-serverless.amazonaws.com"
  database          = "airportops"
  secret_arn        = "arn:aws:secretsmanager:us-east-1:123456789012:secret:airportops-test/warehouse/airportops_bi-AbCdEf"
  principal_arn     = "arn:aws:quicksight:us-east-1:123456789012:user/default/ops"
  subnet_ids        = ["subnet-1", "subnet-2"]
  security_group_id = "sg-1"
  kms_key_arn       = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "a_data_set_a_view_and_questions_of_columns_that_there_are" {
  command = plan

  module {
    source = "./modules/quicksight"
  }

  assert {
    condition     = toset(keys(aws_quicksight_data_set.view)) == toset(["airline_delays_daily", "airport_hourly", "baggage_daily", "data_quality_daily", "live_flights", "route_performance", "security_waits_hourly", "turnaround_vs_passengers"])
    error_message = "There must be a data set for each view of bi."
  }

  assert {
    condition     = alltrue([for view, set in aws_quicksight_data_set.view : one(one(set.physical_table_map).relational_table).schema == "bi" && [for c in one(one(set.physical_table_map).relational_table).input_columns : c.name] == [for c in local.views[view] : c.name]])
    error_message = "A data set must have its view's columns in their order."
  }

  assert {
    condition     = !aws_quicksight_data_source.this.ssl_properties[0].disable_ssl && length(aws_quicksight_data_source.this.vpc_connection_properties) == 1 && aws_quicksight_data_source.this.credentials[0].secret_arn == var.secret_arn
    error_message = "The data source must go through the VPC, over TLS, with the secret."
  }

  assert {
    condition = alltrue(flatten([for sheet in local.sheets : [for visual in sheet.visuals : [
      for column in concat(compact([visual.by]), keys(visual.values), visual.columns) : contains(keys(local.types[visual.view]), column)
    ]]]))
    error_message = "A question names a column that its view does not have."
  }

  assert {
    condition     = toset(keys(local.questions)) == toset(local.order) && length(distinct(flatten([for sheet in local.sheets : sheet.visuals[*].id]))) == length(flatten([for sheet in local.sheets : sheet.visuals[*].id]))
    error_message = "Every sheet must be in the order of sheets, and every visual have an id of its own."
  }

  assert {
    condition     = toset(flatten([for sheet in local.sheets : sheet.visuals[*].view])) == toset(keys(local.views))
    error_message = "Every view must answer a question."
  }

  assert {
    condition     = alltrue(flatten([for sheet in local.sheets : [for visual in sheet.visuals : visual.kind == "table" || contains(["STRING", "DATETIME", "INTEGER"], visual.by_type)]]))
    error_message = "A chart must be by a text, a time or a whole number."
  }

  assert {
    condition     = length(aws_quicksight_dashboard.this.definition[0].sheets) == 4 && sum([for sheet in aws_quicksight_dashboard.this.definition[0].sheets : length(sheet.visuals)]) == 10
    error_message = "The dashboard must have all questions on its sheets."
  }
}

run "the_account_has_one_role_for_secrets" {
  command = plan

  variables {
    manage_secrets_role = false
  }

  module {
    source = "./modules/quicksight"
  }

  assert {
    condition     = length(aws_iam_role.secrets) == 0 && aws_iam_role_policy.secrets.role == "aws-quicksight-secretsmanager-role-v0" && aws_iam_role_policy.secrets.name == "airportops-test-warehouse"
    error_message = "A second environment must add its policy to the role that is there."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/quicksight"
  }

  variables {
    name              = "x"
    host              = "https://warehouse"
    port              = 0
    database          = "Airport Ops"
    secret_arn        = "airportops_bi"
    principal_arn     = "ops"
    import_mode       = "direct"
    subnet_ids        = []
    security_group_id = "default"
    kms_key_arn       = "x"
  }

  expect_failures = [var.name, var.host, var.port, var.database, var.secret_arn, var.principal_arn, var.import_mode, var.subnet_ids, var.security_group_id, var.kms_key_arn]
}
