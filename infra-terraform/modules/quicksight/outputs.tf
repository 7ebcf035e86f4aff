output "dashboard_id" {
  description = "The dashboard: https://REGION.quicksight.aws.amazon.com/sn/dashboards/ID"
  value       = aws_quicksight_dashboard.this.dashboard_id
}

output "data_set_arns" {
  description = "Data sets by view"
  value       = { for view, set in aws_quicksight_data_set.view : view => set.arn }
}
