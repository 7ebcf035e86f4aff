data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account     = data.aws_caller_identity.current.account_id
  region      = data.aws_region.current.name
  arn         = "arn:${data.aws_partition.current.partition}"
  stream_name = element(split("/", var.stream_arn), 1)
  log_group   = "/${var.name}/archive"
  log_stream  = "delivery"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = local.log_group
  retention_in_days = var.log_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_stream" "this" {
  name           = local.log_stream
  log_group_name = aws_cloudwatch_log_group.this.name
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "ReadStream"
    actions   = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
    resources = [var.stream_arn]
  }

  statement {
    sid       = "FindBucket"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [var.bucket_arn]
  }

  statement {
    sid       = "WriteArchive"
    actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
    resources = ["${var.bucket_arn}/firehose/*", "${var.bucket_arn}/firehose-errors/*"]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.kms_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["kinesis.${local.region}.amazonaws.com", "s3.${local.region}.amazonaws.com"]
    }
  }

  statement {
    sid       = "WriteErrors"
    actions   = ["logs:PutLogEvents"]
    resources = ["${local.arn}:logs:${local.region}:${local.account}:log-group:${local.log_group}:log-stream:${local.log_stream}"]
  }
}

resource "aws_iam_role" "this" {
  name               = "${var.name}-archive"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "this" {
  name   = "archive"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}

# The records as they came, gzipped, a line each, apart from the program: what is archived here needs no container to be up.
resource "aws_kinesis_firehose_delivery_stream" "this" {
  name        = "${var.name}-archive"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = var.stream_arn
    role_arn           = aws_iam_role.this.arn
  }

  extended_s3_configuration {
    role_arn            = aws_iam_role.this.arn
    bucket_arn          = var.bucket_arn
    prefix              = "firehose/${local.stream_name}/date=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/"
    error_output_prefix = "firehose-errors/${local.stream_name}/!{firehose:error-output-type}/date=!{timestamp:yyyy-MM-dd}/"
    buffering_interval  = var.buffer_seconds
    buffering_size      = var.buffer_megabytes
    compression_format  = "GZIP"
    kms_key_arn         = var.kms_key_arn

    # Firehose puts records behind each other as they are; the line feed makes them lines.
    processing_configuration {
      enabled = true

      processors {
        type = "AppendDelimiterToRecord"

        parameters {
          parameter_name  = "Delimiter"
          parameter_value = "\\n"
        }
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.this.name
      log_stream_name = aws_cloudwatch_log_stream.this.name
    }
  }

  # Without its rights the delivery stream can't be made.
  depends_on = [aws_iam_role_policy.this]
}
