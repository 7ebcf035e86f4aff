mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "a_table_by_lease_key" {
  command = plan

  module {
    source = "./modules/leases"
  }

  assert {
    condition     = aws_dynamodb_table.this.hash_key == "lease_key" && aws_dynamodb_table.this.range_key == null && one(aws_dynamodb_table.this.attribute).type == "S"
    error_message = "The table's key must be what the program's leases use."
  }

  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST" && aws_dynamodb_table.this.server_side_encryption[0].kms_key_arn == var.kms_key_arn
    error_message = "The table must be paid by the request and encrypted with the key."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/leases"
  }

  variables {
    name        = "x"
    kms_key_arn = "x"
  }

  expect_failures = [var.name, var.kms_key_arn]
}
