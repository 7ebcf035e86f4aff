mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  alert_email = "ops@example.com"
  monthly_usd = 250
}

run "told_at_80_percent_and_when_the_forecast_goes_over" {
  command = plan

  module {
    source = "./modules/budget"
  }

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "250.00" && toset([for n in aws_budgets_budget.this.notification : "${n.notification_type} ${n.threshold}"]) == toset(["ACTUAL 80", "FORECASTED 100"])
    error_message = "The budget must warn at 80 % and by forecast."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/budget"
  }

  variables {
    name        = "x"
    alert_email = "nobody"
    monthly_usd = 0
  }

  expect_failures = [var.name, var.alert_email, var.monthly_usd]
}
