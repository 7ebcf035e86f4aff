output "database_name" {
  description = "Glue database"
  value       = aws_glue_catalog_database.this.name
}

output "table_names" {
  description = "Its tables"
  value       = sort(keys(aws_glue_catalog_table.silver))
}

output "workgroup_name" {
  description = "Athena workgroup"
  value       = aws_athena_workgroup.this.name
}
