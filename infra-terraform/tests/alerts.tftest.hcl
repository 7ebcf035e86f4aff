mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  alert_email = "ops@example.com"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "an_encrypted_topic_that_reaches_somebody" {
  command = plan

  module {
    source = "./modules/alerts"
  }

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.kms_key_arn && aws_sns_topic_subscription.email.endpoint == "ops@example.com" && aws_sns_topic_subscription.email.protocol == "email"
    error_message = "Alerts must be encrypted and go to the address."
  }

  assert {
    condition     = toset(flatten(data.aws_iam_policy_document.this.statement[*].actions)) == toset(["sns:Publish"])
    error_message = "Services may publish and nothing else."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/alerts"
  }

  variables {
    name        = "x"
    alert_email = "ops at example.com"
    kms_key_arn = "x"
  }

  expect_failures = [var.name, var.alert_email, var.kms_key_arn]
}
