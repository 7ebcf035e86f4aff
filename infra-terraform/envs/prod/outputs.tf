# What commands and the program need to know, as the platform says it.

output "name" {
  description = "What every name begins with"
  value       = module.platform.name
}

output "region" {
  description = "Region of all of it"
  value       = module.platform.region
}

output "stream_name" {
  description = "The stream: --stream kinesis:NAME"
  value       = module.platform.stream_name
}

output "raw_bucket" {
  description = "Raw zone: --lake s3://NAME of bronze"
  value       = module.platform.raw_bucket
}

output "cleaned_bucket" {
  description = "Silver, quarantine, manifests: --lake s3://NAME of silver, load, verify"
  value       = module.platform.cleaned_bucket
}

output "lease_table" {
  description = "Leases of the shards"
  value       = module.platform.lease_table
}

output "repository_url" {
  description = "Where the image is pushed to: URL:TAG"
  value       = module.platform.repository_url
}

output "cluster_name" {
  description = "ECS cluster"
  value       = module.platform.cluster_name
}

output "subnet_ids" {
  description = "Private subnets, for aws ecs run-task"
  value       = module.platform.subnet_ids
}

output "tasks_security_group_id" {
  description = "Group of the containers, for aws ecs run-task"
  value       = module.platform.tasks_security_group_id
}

output "task_families" {
  description = "Task definitions by task, for aws ecs run-task"
  value       = module.platform.task_families
}

output "service_names" {
  description = "Services by task"
  value       = module.platform.service_names
}

output "log_groups" {
  description = "Logs by task"
  value       = module.platform.log_groups
}

output "alert_topic_arn" {
  description = "Topic of the alerts"
  value       = module.platform.alert_topic_arn
}

output "dashboard_name" {
  description = "Dashboard in CloudWatch"
  value       = module.platform.dashboard_name
}

output "glue_database" {
  description = "Silver for Athena"
  value       = module.platform.glue_database
}

output "athena_workgroup" {
  description = "Athena workgroup"
  value       = module.platform.athena_workgroup
}

output "warehouse" {
  description = "Warehouse: workgroup, database, host, role of COPY, secret of the administrator; null without one"
  value       = module.platform.warehouse
}

output "warehouse_users" {
  description = "Users of the warehouse with their groups and secrets, for warehouse-users"
  value       = module.platform.warehouse_users
}

output "quicksight_dashboard_id" {
  description = "The dashboard: https://REGION.quicksight.aws.amazon.com/sn/dashboards/ID; null without QuickSight"
  value       = module.platform.quicksight_dashboard_id
}

