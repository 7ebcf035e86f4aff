data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  name   = "airportops-${var.environment}"
  region = data.aws_region.current.name
  arn    = "arn:${data.aws_partition.current.partition}"
}

module "keys" {
  source = "../keys"

  name                 = local.name
  deletion_window_days = var.deletion_window_days
}

module "network" {
  source = "../network"

  name           = local.name
  cidr           = var.network.cidr
  zones          = var.network.zones
  endpoint_zones = var.network.endpoint_zones
  flow_log_days  = var.log_days
  kms_key_arn    = module.keys.key_arn
}

module "stream" {
  source = "../stream"

  name            = local.name
  mode            = var.stream.mode
  shard_count     = var.stream.shard_count
  retention_hours = var.stream.retention_hours
  kms_key_arn     = module.keys.key_arn
}

module "lake" {
  source = "../lake"

  name          = local.name
  unique_suffix = var.unique_suffix
  force_destroy = var.force_destroy
  kms_key_arn   = module.keys.key_arn
}

module "archive" {
  source = "../archive"
  count  = var.archive_enabled ? 1 : 0

  name        = local.name
  stream_arn  = module.stream.stream_arn
  bucket_arn  = module.lake.raw_bucket_arn
  log_days    = var.log_days
  kms_key_arn = module.keys.key_arn
}

module "leases" {
  source = "../leases"

  name        = local.name
  kms_key_arn = module.keys.key_arn
}

module "registry" {
  source = "../registry"

  name          = local.name
  force_destroy = var.force_destroy
  kms_key_arn   = module.keys.key_arn
}

module "catalog" {
  source = "../catalog"

  name          = local.name
  bucket        = module.lake.cleaned_bucket
  force_destroy = var.force_destroy
  kms_key_arn   = module.keys.key_arn
}

module "alerts" {
  source = "../alerts"

  name        = local.name
  alert_email = var.alert_email
  kms_key_arn = module.keys.key_arn
}

module "warehouse" {
  source = "../warehouse"
  count  = var.warehouse_enabled ? 1 : 0

  name              = local.name
  subnet_ids        = module.network.subnet_ids
  security_group_id = module.network.warehouse_security_group_id
  base_capacity     = var.warehouse.base_capacity
  max_capacity      = var.warehouse.max_capacity
  daily_rpu_hours   = var.warehouse.daily_rpu_hours
  breach_action     = var.warehouse.breach_action
  bucket_arn        = module.lake.cleaned_bucket_arn
  kms_key_arn       = module.keys.key_arn
}

module "secrets" {
  source = "../secrets"
  count  = var.warehouse_enabled ? 1 : 0

  name = local.name
  users = {
    airportops_loader  = "airportops_load"
    airportops_builder = "airportops_build"
    airportops_bi      = "bi_reader"
  }
  recovery_days = var.force_destroy ? 0 : 7
  kms_key_arn   = module.keys.key_arn
}

module "quicksight" {
  source = "../quicksight"
  count  = var.quicksight_principal_arn != null && var.services_enabled ? 1 : 0

  name                = local.name
  subnet_ids          = module.network.subnet_ids
  security_group_id   = module.network.quicksight_security_group_id
  host                = module.warehouse[0].host
  port                = module.warehouse[0].port
  database            = module.warehouse[0].database
  secret_arn          = module.secrets[0].secret_arns["airportops_bi"]
  principal_arn       = var.quicksight_principal_arn
  manage_secrets_role = var.quicksight_secrets_role
  kms_key_arn         = module.keys.key_arn
}

module "budget" {
  source = "../budget"
  count  = var.monthly_budget_usd > 0 ? 1 : 0

  name        = local.name
  monthly_usd = var.monthly_budget_usd
  alert_email = var.alert_email
}

module "monitoring" {
  source = "../monitoring"

  name                 = local.name
  cluster_arn          = module.cluster.cluster_arn
  topic_arn            = module.alerts.topic_arn
  stream_name          = module.stream.stream_name
  retention_hours      = var.stream.retention_hours
  stages               = local.stages
  lag_seconds          = var.lag_seconds
  refused_percent      = var.refused_percent
  gold_hours           = var.services_enabled && var.warehouse_enabled ? var.gold_hours : null
  expect_traffic       = var.services_enabled && var.simulator.desired_tasks > 0
  delivery_stream_name = one(module.archive[*].delivery_stream_name)
  failed_starts_queue  = one(module.schedule[*].failed_starts_queue)
  workgroup_name       = one(module.warehouse[*].workgroup_name)
}
