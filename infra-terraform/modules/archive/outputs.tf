output "delivery_stream_name" {
  description = "Name of the Firehose stream"
  value       = aws_kinesis_firehose_delivery_stream.this.name
}

output "prefix" {
  description = "Where in the bucket its objects lie: clean --bronze reads them"
  value       = "firehose/${local.stream_name}/"
}
