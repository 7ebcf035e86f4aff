mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name          = "airportops-test"
  unique_suffix = "a1b2c3"
  kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "buckets_that_keep_and_show_nothing_to_the_world" {
  command = plan

  module {
    source = "./modules/lake"
  }

  assert {
    condition     = { for zone, bucket in aws_s3_bucket.this : zone => bucket.bucket } == { raw = "airportops-test-raw-a1b2c3", cleaned = "airportops-test-cleaned-a1b2c3" }
    error_message = "The buckets must be named for environment, zone and suffix."
  }

  assert {
    condition     = alltrue([for block in aws_s3_bucket_public_access_block.this : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets])
    error_message = "Public access must be blocked in each way."
  }

  assert {
    condition     = alltrue([for versioning in aws_s3_bucket_versioning.this : versioning.versioning_configuration[0].status == "Enabled"])
    error_message = "Both buckets must keep versions."
  }

  assert {
    condition     = alltrue([for encryption in aws_s3_bucket_server_side_encryption_configuration.this : one(one(encryption.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn])
    error_message = "Both buckets must encrypt with the key."
  }

  assert {
    condition     = alltrue([for document in data.aws_iam_policy_document.tls_only : document.statement[0].effect == "Deny" && one(document.statement[0].condition).variable == "aws:SecureTransport"])
    error_message = "Both buckets must refuse requests without TLS."
  }

  assert {
    condition     = alltrue([for configuration in aws_s3_bucket_lifecycle_configuration.this : contains([for rule in configuration.rule : try(rule.abort_incomplete_multipart_upload[0].days_after_initiation, 0)], 1)])
    error_message = "Uploads that a killed process left must go after a day."
  }

  assert {
    condition     = !anytrue([for bucket in aws_s3_bucket.this : bucket.force_destroy]) && !contains([for rule in aws_s3_bucket_lifecycle_configuration.this["raw"].rule : rule.id], "expire")
    error_message = "Nothing raw may go by default."
  }
}

run "raw_expires_where_asked_for" {
  command = plan

  variables {
    raw_archive_days = 30
    raw_expire_days  = 400
  }

  module {
    source = "./modules/lake"
  }

  assert {
    condition     = contains([for rule in aws_s3_bucket_lifecycle_configuration.this["raw"].rule : rule.id], "expire") && !contains([for rule in aws_s3_bucket_lifecycle_configuration.this["cleaned"].rule : rule.id], "expire")
    error_message = "Raw objects alone must expire."
  }
}

run "expiry_before_archiving_is_refused" {
  command = plan

  variables {
    raw_archive_days = 90
    raw_expire_days  = 60
  }

  module {
    source = "./modules/lake"
  }

  expect_failures = [var.raw_expire_days]
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/lake"
  }

  variables {
    name                    = "UPPER"
    unique_suffix           = "A-1"
    raw_archive_days        = 0
    cleaned_infrequent_days = 7
    noncurrent_days         = 0
    kms_key_arn             = "x"
  }

  expect_failures = [var.name, var.unique_suffix, var.raw_archive_days, var.cleaned_infrequent_days, var.noncurrent_days, var.kms_key_arn]
}
