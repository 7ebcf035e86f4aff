output "task_definition_arn" {
  description = "Task definition with its revision"
  value       = aws_ecs_task_definition.this.arn
}

output "family" {
  description = "Task definition without its revision, for aws ecs run-task"
  value       = aws_ecs_task_definition.this.family
}

output "role_arns" {
  description = "Roles that who starts the task has to pass: the program's and ECS's"
  value       = [aws_iam_role.task.arn, aws_iam_role.start.arn]
}

output "role_name" {
  description = "The program's role"
  value       = aws_iam_role.task.name
}

output "log_group" {
  description = "Log of the containers"
  value       = aws_cloudwatch_log_group.this.name
}
