# Places for the passwords, without them: infra-terraform/warehouse-users makes each one together with its user, so that neither a plan nor a state
# ever holds it.
resource "aws_secretsmanager_secret" "this" {
  for_each = var.users

  name                    = "${var.name}/warehouse/${each.key}"
  description             = "User ${each.key} of the warehouse, of the group ${each.value}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}
