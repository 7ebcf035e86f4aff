# The passwords are made while applying and written once: neither the plan nor the state holds them.
ephemeral "aws_secretsmanager_random_password" "this" {
  for_each = var.users

  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "this" {
  for_each = var.users

  name                    = "${var.name}/warehouse/${each.key}"
  description             = "User ${each.key} of the warehouse, of the group ${each.value}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = var.users

  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo_version = var.password_version

  secret_string_wo = jsonencode({
    engine   = "redshift"
    username = each.key
    password = ephemeral.aws_secretsmanager_random_password.this[each.key].random_password
  })
}
