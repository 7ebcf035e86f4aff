output "alarm_names" {
  description = "Alarms that call somebody"
  value       = sort(concat([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name], aws_cloudwatch_metric_alarm.refused[*].alarm_name))
}

output "dashboard_name" {
  description = "Dashboard in CloudWatch"
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
