output "repository_url" {
  description = "Where the image is pushed to: URL:TAG"
  value       = aws_ecr_repository.this.repository_url
}

output "repository_arn" {
  description = "Its ARN, for policies"
  value       = aws_ecr_repository.this.arn
}
