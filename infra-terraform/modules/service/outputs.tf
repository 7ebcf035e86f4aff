output "service_name" {
  description = "Name of the service, for commands and metrics"
  value       = local.running.name
}

output "scaling_alarms" {
  description = "Alarms that scale it; they call nobody"
  value       = concat(aws_cloudwatch_metric_alarm.out[*].alarm_name, aws_cloudwatch_metric_alarm.in[*].alarm_name)
}
