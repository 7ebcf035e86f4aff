mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name              = "airportops-test"
  bucket_arn        = "arn:aws:s3:::airportops-test-cleaned-a1b2c3"
  subnet_ids        = ["subnet-1", "subnet-2"]
  security_group_id = "sg-1"
  kms_key_arn       = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "a_private_warehouse_with_a_brake" {
  command = plan

  module {
    source = "./modules/warehouse"
  }

  assert {
    condition     = !aws_redshiftserverless_workgroup.this.publicly_accessible && aws_redshiftserverless_workgroup.this.enhanced_vpc_routing
    error_message = "The warehouse must be private, and its COPY stay in the VPC."
  }

  assert {
    condition     = aws_redshiftserverless_namespace.this.manage_admin_password && aws_redshiftserverless_namespace.this.admin_user_password == null && aws_redshiftserverless_namespace.this.kms_key_id == var.kms_key_arn
    error_message = "The administrator's password must be Secrets Manager's, and all of it encrypted with the key."
  }

  assert {
    condition     = aws_redshiftserverless_usage_limit.daily.amount == 24 && aws_redshiftserverless_usage_limit.daily.breach_action == "deactivate"
    error_message = "A day's compute must be limited."
  }

  assert {
    condition     = one([for p in aws_redshiftserverless_workgroup.this.config_parameter : p.parameter_value if p.parameter_key == "require_ssl"]) == "true"
    error_message = "Connections must be encrypted."
  }

  assert {
    condition     = one([for s in data.aws_iam_policy_document.copy.statement : s.resources if s.sid == "ReadSilver"]) == toset(["arn:aws:s3:::airportops-test-cleaned-a1b2c3/silver/*"])
    error_message = "COPY may read Silver only."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/warehouse"
  }

  variables {
    name              = "x"
    database          = "Airport Ops"
    subnet_ids        = ["subnet-1"]
    security_group_id = "default"
    base_capacity     = 7
    daily_rpu_hours   = 0
    breach_action     = "stop"
    max_query_seconds = 1
    bucket_arn        = "airportops"
    kms_key_arn       = "x"
  }

  expect_failures = [var.name, var.database, var.subnet_ids, var.security_group_id, var.base_capacity, var.daily_rpu_hours, var.breach_action, var.max_query_seconds, var.bucket_arn, var.kms_key_arn]
}

run "growing_below_the_start_is_refused" {
  command = plan

  module {
    source = "./modules/warehouse"
  }

  variables {
    base_capacity = 64
    max_capacity  = 32
  }

  expect_failures = [var.max_capacity]
}
