output "stream_name" {
  description = "Name of the stream: kinesis:NAME for the program"
  value       = aws_kinesis_stream.this.name
}

output "stream_arn" {
  description = "ARN of the stream, for policies"
  value       = aws_kinesis_stream.this.arn
}
