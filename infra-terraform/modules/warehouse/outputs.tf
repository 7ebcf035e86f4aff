output "workgroup_name" {
  description = "Workgroup, for the Data API"
  value       = aws_redshiftserverless_workgroup.this.workgroup_name
}

output "workgroup_arn" {
  description = "Its ARN, for policies"
  value       = aws_redshiftserverless_workgroup.this.arn
}

output "namespace_name" {
  description = "Namespace, for snapshots"
  value       = aws_redshiftserverless_namespace.this.namespace_name
}

output "database" {
  description = "Name of the database"
  value       = aws_redshiftserverless_namespace.this.db_name
}

output "host" {
  description = "Host name within the VPC"
  value       = aws_redshiftserverless_workgroup.this.endpoint[0].address
}

output "port" {
  description = "Its port"
  value       = aws_redshiftserverless_workgroup.this.endpoint[0].port
}

output "admin_secret_arn" {
  description = "Secret of the administrator, kept by Secrets Manager"
  value       = aws_redshiftserverless_namespace.this.admin_password_secret_arn
}

output "copy_role_arn" {
  description = "Role for COPY's IAM_ROLE"
  value       = aws_iam_role.copy.arn
}
