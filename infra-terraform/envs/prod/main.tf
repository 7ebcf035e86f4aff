# For about 1,000 events a second as it stands; docs/deploy.md has the sizes for more. Data stay when the environment is destroyed by mistake:
# buckets and repository refuse to go while they hold anything.
module "platform" {
  source = "../../modules/platform"

  environment      = "prod"
  unique_suffix    = var.unique_suffix
  alert_email      = var.alert_email
  image_tag        = var.image_tag
  services_enabled = var.services_enabled

  log_days = 90

  network   = { cidr = "10.30.0.0/20", zones = 3, endpoint_zones = 3 }
  stream    = { mode = "ON_DEMAND", retention_hours = 168 }
  simulator = { desired_tasks = var.desired_tasks, events_per_second = 100 }
  bronze    = { min_tasks = 2, max_tasks = 8, cpu = 512, memory = 1024 }
  silver    = { min_tasks = 2, max_tasks = 16, cpu = 1024, memory = 4096 }

  gold_schedule = "rate(15 minutes)"
  test_schedule = "rate(1 hour)"
  gold_hours    = 1

  warehouse_enabled = var.warehouse_enabled
  warehouse         = { base_capacity = 32, max_capacity = 128, daily_rpu_hours = 512, breach_action = "emit-metric" }

  quicksight_principal_arn = var.quicksight_principal_arn
  quicksight_secrets_role  = var.quicksight_secrets_role
  monthly_budget_usd       = var.monthly_budget_usd
}
