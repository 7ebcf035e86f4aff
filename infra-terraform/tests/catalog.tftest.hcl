mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  bucket      = "airportops-test-cleaned-a1b2c3"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "a_table_an_entity_with_silvers_columns" {
  command = plan

  module {
    source = "./modules/catalog"
  }

  assert {
    condition     = output.database_name == "airportops_test_silver" && output.table_names == tolist(["baggage_event", "flight_event", "ground_event", "security_event"])
    error_message = "There must be a table for each entity."
  }

  assert {
    condition     = [for column in aws_glue_catalog_table.silver["security_event"].storage_descriptor[0].columns : "${column.name} ${column.type}"] == ["event_id string", "event_time timestamp", "arrived timestamp", "source string", "airport string", "terminal string", "checkpoint string", "wait_minutes double", "queue_length int", "lanes_open int", "passengers_screened int", "extras string", "repairs string", "shard string", "sequence string"]
    error_message = "A table's columns must be Silver's, in its order."
  }

  assert {
    condition     = aws_glue_catalog_table.silver["flight_event"].parameters["storage.location.template"] == "s3://airportops-test-cleaned-a1b2c3/silver/flight_event/event_date=$${event_date}/" && aws_glue_catalog_table.silver["flight_event"].parameters["projection.event_date.range"] == "2000-01-01,NOW+1DAYS"
    error_message = "Days must follow from the calendar and lead to Silver's folders."
  }

  assert {
    condition     = aws_athena_workgroup.this.configuration[0].enforce_workgroup_configuration && aws_athena_workgroup.this.configuration[0].bytes_scanned_cutoff_per_query == 107374182400
    error_message = "Queries must be held to the workgroup's limits."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/catalog"
  }

  variables {
    name                 = "x"
    bucket               = "s3://airportops"
    first_event_date     = "1999-12-31"
    scan_limit_gigabytes = 0
    kms_key_arn          = "x"
  }

  expect_failures = [var.name, var.bucket, var.first_event_date, var.scan_limit_gigabytes, var.kms_key_arn]
}

run "a_day_that_is_none_is_refused" {
  command = plan

  module {
    source = "./modules/catalog"
  }

  variables {
    first_event_date = "2024-13-01"
  }

  expect_failures = [var.first_event_date]
}
