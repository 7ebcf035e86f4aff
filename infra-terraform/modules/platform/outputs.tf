output "name" {
  description = "What every name begins with"
  value       = local.name
}

output "region" {
  description = "Region of all of it"
  value       = local.region
}

output "stream_name" {
  description = "The stream: --stream kinesis:NAME"
  value       = module.stream.stream_name
}

output "raw_bucket" {
  description = "Raw zone: --lake s3://NAME of bronze"
  value       = module.lake.raw_bucket
}

output "cleaned_bucket" {
  description = "Silver, quarantine, manifests: --lake s3://NAME of silver, load, verify"
  value       = module.lake.cleaned_bucket
}

output "lease_table" {
  description = "Leases of the shards"
  value       = module.leases.table_name
}

output "repository_url" {
  description = "Where the image is pushed to: URL:TAG"
  value       = module.registry.repository_url
}

output "cluster_name" {
  description = "ECS cluster"
  value       = module.cluster.cluster_name
}

output "subnet_ids" {
  description = "Private subnets, for aws ecs run-task"
  value       = module.network.subnet_ids
}

output "tasks_security_group_id" {
  description = "Group of the containers, for aws ecs run-task"
  value       = module.network.tasks_security_group_id
}

output "task_families" {
  description = "Task definitions by task, for aws ecs run-task"
  value       = { for task, definition in module.task : task => definition.family }
}

output "service_names" {
  description = "Services by task"
  value       = { for task, service in module.service : task => service.service_name }
}

output "log_groups" {
  description = "Logs by task"
  value       = { for task, definition in module.task : task => definition.log_group }
}

output "alert_topic_arn" {
  description = "Topic of the alerts"
  value       = module.alerts.topic_arn
}

output "dashboard_name" {
  description = "Dashboard in CloudWatch"
  value       = module.monitoring.dashboard_name
}

output "glue_database" {
  description = "Silver for Athena"
  value       = module.catalog.database_name
}

output "athena_workgroup" {
  description = "Athena workgroup"
  value       = module.catalog.workgroup_name
}

output "warehouse" {
  description = "Warehouse: workgroup, database, host, role of COPY, secret of the administrator; null without one"
  value = !var.warehouse_enabled ? null : {
    workgroup_name   = module.warehouse[0].workgroup_name
    database         = module.warehouse[0].database
    host             = module.warehouse[0].host
    copy_role_arn    = module.warehouse[0].copy_role_arn
    admin_secret_arn = module.warehouse[0].admin_secret_arn
  }
}

output "warehouse_users" {
  description = "Users of the warehouse with their groups and secrets, for warehouse-users"
  value       = merge([for secrets in module.secrets : { for user, group in secrets.groups : user => { group = group, secret = secrets.secret_names[user] } }]...)
}

output "quicksight_dashboard_id" {
  description = "The dashboard: https://REGION.quicksight.aws.amazon.com/sn/dashboards/ID; null without QuickSight"
  value       = one(module.quicksight[*].dashboard_id)
}
