mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "airportops-test"
}

run "a_key_that_rotates_and_names_its_actions" {
  command = plan

  module {
    source = "./modules/keys"
  }

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key must rotate and be recoverable for 30 days by default."
  }

  assert {
    condition     = alltrue([for action in flatten(data.aws_iam_policy_document.key.statement[*].actions) : !strcontains(action, "*")])
    error_message = "The key's policy must name each action."
  }

  assert {
    condition     = one([for s in data.aws_iam_policy_document.key.statement : one(one(s.condition[*].values)) if s.sid == "AlarmsUse"]) == "123456789012"
    error_message = "Alarms of other accounts must not use the key."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/airportops-test"
    error_message = "The alias must be the environment's name."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/keys"
  }

  variables {
    name                 = "Airport Ops"
    deletion_window_days = 3
  }

  expect_failures = [var.name, var.deletion_window_days]
}
