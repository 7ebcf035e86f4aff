output "key_arn" {
  description = "The key everything is encrypted with"
  value       = aws_kms_key.this.arn
}

output "alias" {
  description = "Its name for people"
  value       = aws_kms_alias.this.name
}
