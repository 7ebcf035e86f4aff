output "vpc_id" {
  description = "The VPC"
  value       = aws_vpc.this.id
}

output "subnet_ids" {
  description = "Private subnets, one a zone"
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "zones" {
  description = "The zones in use"
  value       = local.zones
}

output "tasks_security_group_id" {
  description = "Group of the containers"
  value       = aws_security_group.tasks.id
}

output "warehouse_security_group_id" {
  description = "Group of the warehouse"
  value       = aws_security_group.warehouse.id
}

output "quicksight_security_group_id" {
  description = "Group of QuickSight's network interfaces"
  value       = aws_security_group.quicksight.id
}

output "endpoint_ids" {
  description = "Endpoints by service"
  value       = merge({ s3 = aws_vpc_endpoint.s3.id, dynamodb = aws_vpc_endpoint.dynamodb.id }, { for service, endpoint in aws_vpc_endpoint.interface : service => endpoint.id })
}
