data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.name
  arn     = "arn:${data.aws_partition.current.partition}"

  # Made from the data dictionary by tests/infra/columns.py, which also tests that it still is.
  views = jsondecode(file("${path.module}/views.json"))
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["quicksight.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

# The way into the VPC.

data "aws_iam_policy_document" "network" {
  statement {
    sid     = "KeepItsInterfaces"
    actions = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"]

    resources = concat(
      ["${local.arn}:ec2:${local.region}:${local.account}:network-interface/*", "${local.arn}:ec2:${local.region}:${local.account}:security-group/${var.security_group_id}"],
      [for id in var.subnet_ids : "${local.arn}:ec2:${local.region}:${local.account}:subnet/${id}"],
    )
  }

  statement {
    sid       = "LookAtTheNetwork"
    actions   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "network" {
  name               = "${var.name}-quicksight-network"
  description        = "What QuickSight may do to reach the warehouse"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "network" {
  name   = "network"
  role   = aws_iam_role.network.id
  policy = data.aws_iam_policy_document.network.json
}

resource "aws_quicksight_vpc_connection" "this" {
  vpc_connection_id  = var.name
  name               = var.name
  role_arn           = aws_iam_role.network.arn
  subnet_ids         = var.subnet_ids
  security_group_ids = [var.security_group_id]

  depends_on = [aws_iam_role_policy.network]
}

# The way to the password. QuickSight looks for the role under this name.

data "aws_iam_policy_document" "secret" {
  statement {
    sid       = "ReadPassword"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.secret_arn]
  }

  statement {
    sid       = "Decrypt"
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.${local.region}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "secrets" {
  count = var.manage_secrets_role ? 1 : 0

  name               = "aws-quicksight-secretsmanager-role-v0"
  path               = "/service-role/"
  description        = "Secrets that QuickSight may read"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

# Under the environment's name, so that each environment of the account can add its own to the one role.
resource "aws_iam_role_policy" "secrets" {
  name   = "${var.name}-warehouse"
  role   = var.manage_secrets_role ? aws_iam_role.secrets[0].name : "aws-quicksight-secretsmanager-role-v0"
  policy = data.aws_iam_policy_document.secret.json
}

resource "aws_quicksight_data_source" "this" {
  data_source_id = "${var.name}-warehouse"
  name           = "AirportOps warehouse (${var.name})"
  type           = "REDSHIFT"

  parameters {
    redshift {
      host     = var.host
      port     = var.port
      database = var.database
    }
  }

  credentials {
    secret_arn = var.secret_arn
  }

  ssl_properties {
    disable_ssl = false
  }

  vpc_connection_properties {
    vpc_connection_arn = aws_quicksight_vpc_connection.this.arn
  }

  permission {
    principal = var.principal_arn
    actions = [
      "quicksight:DeleteDataSource", "quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource",
      "quicksight:UpdateDataSource", "quicksight:UpdateDataSourcePermissions",
    ]
  }

  depends_on = [aws_iam_role_policy.secrets]
}

resource "aws_quicksight_data_set" "view" {
  for_each = local.views

  data_set_id = "${var.name}-${replace(each.key, "_", "-")}"
  name        = "bi.${each.key} (${var.name})"
  import_mode = var.import_mode

  physical_table_map {
    physical_table_map_id = replace(each.key, "_", "-")

    relational_table {
      data_source_arn = aws_quicksight_data_source.this.arn
      schema          = "bi"
      name            = each.key

      dynamic "input_columns" {
        for_each = each.value

        content {
          name = input_columns.value.name
          type = input_columns.value.type
        }
      }
    }
  }

  permissions {
    principal = var.principal_arn
    actions = [
      "quicksight:CancelIngestion", "quicksight:CreateIngestion", "quicksight:DeleteDataSet", "quicksight:DescribeDataSet", "quicksight:DescribeDataSetPermissions",
      "quicksight:DescribeIngestion", "quicksight:ListIngestions", "quicksight:PassDataSet", "quicksight:UpdateDataSet", "quicksight:UpdateDataSetPermissions",
    ]
  }
}
