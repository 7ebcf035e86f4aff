# Small and cheap: spare capacity, addresses of endpoints in one zone, and a warehouse that is asked twice an hour and pauses between.
# Destroying it leaves nothing behind.
module "platform" {
  source = "../../modules/platform"

  environment      = "dev"
  unique_suffix    = var.unique_suffix
  alert_email      = var.alert_email
  image_tag        = var.image_tag
  services_enabled = var.services_enabled

  spot                 = true
  force_destroy        = true
  deletion_window_days = 7
  log_days             = 7

  network   = { endpoint_zones = 1 }
  stream    = { mode = "PROVISIONED", shard_count = 1, retention_hours = 24 }
  simulator = { desired_tasks = var.desired_tasks, events_per_second = 10 }

  load_schedule = "cron(0/30 * * * ? *)"
  gold_schedule = "cron(5/30 * * * ? *)"
  test_schedule = "cron(15 6 * * ? *)"

  warehouse_enabled = var.warehouse_enabled
  warehouse         = { base_capacity = 4, max_capacity = 8, daily_rpu_hours = 8 }

  quicksight_principal_arn = var.quicksight_principal_arn
  quicksight_secrets_role  = var.quicksight_secrets_role
  monthly_budget_usd       = var.monthly_budget_usd
}
