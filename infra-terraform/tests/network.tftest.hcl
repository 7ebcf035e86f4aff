mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "private_subnets_and_rules_that_name_groups" {
  command = plan

  module {
    source = "./modules/network"
  }

  assert {
    condition     = length(aws_subnet.private) == 3 && alltrue([for subnet in aws_subnet.private : !subnet.map_public_ip_on_launch])
    error_message = "There must be a private subnet in each of three zones."
  }

  assert {
    condition     = sort([for subnet in aws_subnet.private : subnet.cidr_block]) == tolist(["10.20.0.0/24", "10.20.1.0/24", "10.20.2.0/24"])
    error_message = "Subnets must be sixteenths of the VPC, none twice."
  }

  assert {
    condition     = toset(keys(aws_vpc_endpoint.interface)) == toset(["ecr.api", "ecr.dkr", "kinesis-streams", "logs", "redshift-data", "secretsmanager", "sns", "sts"])
    error_message = "Each service that the containers call needs its interface endpoint."
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && length(endpoint.security_group_ids) == 1])
    error_message = "Interface endpoints must answer to the services' names, behind their group."
  }

  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.dynamodb.vpc_endpoint_type == "Gateway"
    error_message = "S3 and DynamoDB must go through gateway endpoints."
  }

  assert {
    condition     = one(one(data.aws_iam_policy_document.s3.statement[0].condition).values) == "123456789012"
    error_message = "Only buckets of the account may be reached."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.between : rule.cidr_ipv4 == null && rule.from_port == rule.to_port])
    error_message = "No rule may be for addresses or for more than one port."
  }

  assert {
    condition     = local.ingress.warehouse_from_itself.to == local.ingress.warehouse_from_itself.from && local.egress.warehouse_to_itself.to == local.egress.warehouse_to_itself.from
    error_message = "The warehouse's group must reach itself."
  }

  assert {
    condition     = toset([for rule in local.ingress : rule.from if rule.to == "warehouse"]) == toset(["tasks", "quicksight", "warehouse"])
    error_message = "Only containers, QuickSight and the warehouse itself may reach the warehouse."
  }

  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The VPC's default group must let nothing through."
  }
}

run "cheap_endpoints_in_one_zone" {
  command = plan

  variables {
    zones               = 2
    endpoint_zones      = 1
    interface_endpoints = ["logs"]
  }

  module {
    source = "./modules/network"
  }

  assert {
    condition     = length(aws_subnet.private) == 2 && length(aws_vpc_endpoint.interface) == 1 && length(aws_vpc_endpoint.interface["logs"].subnet_ids) == 1
    error_message = "Two subnets and one endpoint in one zone were asked for."
  }
}

run "more_endpoint_zones_than_zones_are_refused" {
  command = plan

  variables {
    zones          = 2
    endpoint_zones = 3
  }

  module {
    source = "./modules/network"
  }

  expect_failures = [var.endpoint_zones]
}

run "public_addresses_are_refused" {
  command = plan

  variables {
    cidr = "8.8.0.0/20"
  }

  module {
    source = "./modules/network"
  }

  expect_failures = [var.cidr]
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    name                = "x"
    cidr                = "10.20.0.0/28"
    zones               = 1
    interface_endpoints = ["com.amazonaws.us-east-1/logs"]
    flow_log_days       = 15
    kms_key_arn         = "alias/x"
  }

  expect_failures = [var.name, var.cidr, var.zones, var.interface_endpoints, var.flow_log_days, var.kms_key_arn]
}
