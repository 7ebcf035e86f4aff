mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  users       = { airportops_loader = "airportops_load", airportops_bi = "bi_reader" }
}

run "a_place_for_each_users_password" {
  command = plan

  module {
    source = "./modules/secrets"
  }

  assert {
    condition     = sort(keys(aws_secretsmanager_secret.this)) == tolist(["airportops_bi", "airportops_loader"])
    error_message = "There must be a secret for each user."
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == var.kms_key_arn && startswith(secret.name, "airportops-test/warehouse/")])
    error_message = "Secrets must be encrypted with the environment's key and named for it."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/secrets"
  }

  variables {
    name          = "x"
    users         = { "Bad User" = "superusers" }
    recovery_days = 3
    kms_key_arn   = "x"
  }

  expect_failures = [var.name, var.users, var.recovery_days, var.kms_key_arn]
}
