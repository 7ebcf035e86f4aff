output "secret_arns" {
  description = "Secrets by user: username and password, as the Data API and QuickSight want them"
  value       = { for user, secret in aws_secretsmanager_secret.this : user => secret.arn }
}

output "secret_names" {
  description = "Their names, for commands"
  value       = { for user, secret in aws_secretsmanager_secret.this : user => secret.name }
}

output "groups" {
  description = "The group of each user"
  value       = var.users
}
