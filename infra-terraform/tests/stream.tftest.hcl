mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "on_demand_by_default_and_encrypted" {
  command = plan

  module {
    source = "./modules/stream"
  }

  assert {
    condition     = aws_kinesis_stream.this.name == "airportops-test-events" && aws_kinesis_stream.this.stream_mode_details[0].stream_mode == "ON_DEMAND" && aws_kinesis_stream.this.shard_count == null
    error_message = "The stream must follow the traffic by default."
  }

  assert {
    condition     = aws_kinesis_stream.this.encryption_type == "KMS" && aws_kinesis_stream.this.kms_key_id == var.kms_key_arn && aws_kinesis_stream.this.retention_period == 168
    error_message = "The stream must be encrypted and keep a week."
  }
}

run "provisioned_with_shards" {
  command = plan

  variables {
    mode        = "PROVISIONED"
    shard_count = 4
  }

  module {
    source = "./modules/stream"
  }

  assert {
    condition     = aws_kinesis_stream.this.shard_count == 4 && contains(aws_kinesis_stream.this.shard_level_metrics, "IteratorAgeMilliseconds")
    error_message = "Four shards, each with its metrics, were asked for."
  }
}

run "shards_without_provisioning_are_refused" {
  command = plan

  variables {
    shard_count = 4
  }

  module {
    source = "./modules/stream"
  }

  expect_failures = [var.shard_count]
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/stream"
  }

  variables {
    name            = "9"
    mode            = "on demand"
    retention_hours = 12
    kms_key_arn     = "x"
  }

  expect_failures = [var.name, var.mode, var.retention_hours, var.kms_key_arn]
}
