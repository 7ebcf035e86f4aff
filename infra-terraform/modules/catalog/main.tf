locals {
  # Made from the warehouse's migrations by tests/infra/columns.py, which also tests that it still is.
  entities = jsondecode(file("${path.module}/silver.json"))
}

resource "aws_glue_catalog_database" "this" {
  name        = replace("${var.name}-silver", "-", "_")
  description = "Silver of ${var.name}, a table an entity"
}

# The days follow from the calendar instead of being listed: no crawler, no partition to add, none forgotten.
resource "aws_glue_catalog_table" "silver" {
  for_each = local.entities

  name          = each.key
  database_name = aws_glue_catalog_database.this.name
  description   = each.value.comment
  table_type    = "EXTERNAL_TABLE"

  parameters = {
    EXTERNAL                              = "TRUE"
    classification                        = "parquet"
    "projection.enabled"                  = "true"
    "projection.event_date.type"          = "date"
    "projection.event_date.format"        = "yyyy-MM-dd"
    "projection.event_date.range"         = "${var.first_event_date},NOW+1DAYS"
    "projection.event_date.interval"      = "1"
    "projection.event_date.interval.unit" = "DAYS"
    "storage.location.template"           = "s3://${var.bucket}/silver/${each.key}/event_date=$${event_date}/"
  }

  partition_keys {
    name    = "event_date"
    type    = "date"
    comment = "UTC date of event_time"
  }

  storage_descriptor {
    location      = "s3://${var.bucket}/silver/${each.key}/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
      parameters            = { "serialization.format" = "1" }
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name    = columns.value.name
        type    = columns.value.type
        comment = columns.value.comment
      }
    }
  }
}

resource "aws_athena_workgroup" "this" {
  name          = var.name
  description   = "Questions to Silver"
  force_destroy = var.force_destroy

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.scan_limit_gigabytes * 1073741824

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location = "s3://${var.bucket}/athena-results/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = var.kms_key_arn
      }
    }
  }

  tags = { Name = var.name }
}
