mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  stream_arn  = "arn:aws:kinesis:us-east-1:123456789012:stream/airportops-test-events"
  bucket_arn  = "arn:aws:s3:::airportops-test-raw-a1b2c3"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "records_as_lines_every_minute" {
  command = plan

  module {
    source = "./modules/archive"
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration[0].buffering_interval == 60 && aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration[0].compression_format == "GZIP"
    error_message = "Objects must be gzipped and at most a minute old by default."
  }

  assert {
    condition     = startswith(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration[0].prefix, "firehose/airportops-test-events/date=")
    error_message = "Objects must lie by stream and date."
  }

  assert {
    condition     = one(one(one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration[0].processing_configuration).processors).parameters).parameter_name == "Delimiter"
    error_message = "Records must be lines."
  }

  assert {
    condition     = one([for s in data.aws_iam_policy_document.this.statement : s.resources if s.sid == "ReadStream"]) == toset([var.stream_arn])
    error_message = "The role may read this stream only."
  }

  assert {
    condition     = alltrue([for resource in one([for s in data.aws_iam_policy_document.this.statement : s.resources if s.sid == "WriteArchive"]) : startswith(resource, "arn:aws:s3:::airportops-test-raw-a1b2c3/firehose")])
    error_message = "The role may write below its own prefixes only."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/archive"
  }

  variables {
    name             = "x"
    stream_arn       = "airportops-events"
    bucket_arn       = "airportops-raw"
    buffer_seconds   = 901
    buffer_megabytes = 0
    log_days         = 2
    kms_key_arn      = "x"
  }

  expect_failures = [var.name, var.stream_arn, var.bucket_arn, var.buffer_seconds, var.buffer_megabytes, var.log_days, var.kms_key_arn]
}
