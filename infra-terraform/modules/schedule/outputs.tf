output "failed_starts_queue" {
  description = "Queue of starts that failed for good"
  value       = aws_sqs_queue.failed.name
}

output "schedule_names" {
  description = "Schedules as aws scheduler knows them: GROUP/NAME"
  value       = { for key, schedule in aws_scheduler_schedule.this : key => "${schedule.group_name}/${schedule.name}" }
}
