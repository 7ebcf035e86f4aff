mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "airportops-test"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  users       = { airportops_loader = "airportops_load", airportops_bi = "bi_reader" }
}

run "a_secret_a_user_without_its_password_in_the_state" {
  module {
    source = "./modules/secrets"
  }

  assert {
    condition     = sort(keys(aws_secretsmanager_secret.this)) == tolist(["airportops_bi", "airportops_loader"])
    error_message = "There must be a secret for each user."
  }

  assert {
    condition     = alltrue([for version in aws_secretsmanager_secret_version.this : version.secret_string == null || version.secret_string == ""])
    error_message = "A password is in the state."
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == var.kms_key_arn && startswith(secret.name, "airportops-test/warehouse/")])
    error_message = "Secrets must be encrypted with the environment's key and named for it."
  }
}
