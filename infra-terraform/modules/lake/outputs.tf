output "raw_bucket" {
  description = "Bucket of the raw zone: s3://NAME for bronze and the archive"
  value       = aws_s3_bucket.this["raw"].bucket
}

output "raw_bucket_arn" {
  description = "Its ARN, for policies"
  value       = aws_s3_bucket.this["raw"].arn
}

output "cleaned_bucket" {
  description = "Bucket of Silver, quarantine and manifests: s3://NAME for silver and the loader"
  value       = aws_s3_bucket.this["cleaned"].bucket
}

output "cleaned_bucket_arn" {
  description = "Its ARN, for policies"
  value       = aws_s3_bucket.this["cleaned"].arn
}
