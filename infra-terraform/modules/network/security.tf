# Who may talk to whom. Each rule is a resource of its own, so that two groups can name each other.

resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Containers: out to AWS's services and the warehouse, nothing in"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-tasks" }
}

resource "aws_security_group" "endpoints" {
  name        = "${var.name}-endpoints"
  description = "Interface endpoints: HTTPS from the containers and the warehouse"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-endpoints" }
}

resource "aws_security_group" "warehouse" {
  name        = "${var.name}-warehouse"
  description = "Redshift: its port from containers, QuickSight and members of this group"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-warehouse" }
}

resource "aws_security_group" "quicksight" {
  name        = "${var.name}-quicksight"
  description = "QuickSight's network interfaces: out to the warehouse"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-quicksight" }
}

locals {
  groups = {
    tasks      = aws_security_group.tasks.id
    endpoints  = aws_security_group.endpoints.id
    warehouse  = aws_security_group.warehouse.id
    quicksight = aws_security_group.quicksight.id
  }

  ingress = {
    endpoints_from_tasks      = { to = "endpoints", from = "tasks", port = 443, why = "AWS's services, for the containers" }
    endpoints_from_warehouse  = { to = "endpoints", from = "warehouse", port = 443, why = "AWS's services, for COPY with enhanced VPC routing" }
    warehouse_from_tasks      = { to = "warehouse", from = "tasks", port = 5439, why = "SQL over a connection" }
    warehouse_from_quicksight = { to = "warehouse", from = "quicksight", port = 5439, why = "Dashboards" }
    # Itself: the endpoints and editors that Redshift makes in the VPC carry the warehouse's own group.
    warehouse_from_itself = { to = "warehouse", from = "warehouse", port = 5439, why = "Redshift's own endpoints" }
  }

  egress = {
    tasks_to_endpoints      = { from = "tasks", to = "endpoints", port = 443, why = "AWS's services" }
    tasks_to_warehouse      = { from = "tasks", to = "warehouse", port = 5439, why = "SQL over a connection" }
    warehouse_to_endpoints  = { from = "warehouse", to = "endpoints", port = 443, why = "AWS's services" }
    warehouse_to_itself     = { from = "warehouse", to = "warehouse", port = 5439, why = "Redshift's own endpoints" }
    quicksight_to_warehouse = { from = "quicksight", to = "warehouse", port = 5439, why = "Dashboards" }
  }
}

resource "aws_vpc_security_group_ingress_rule" "between" {
  for_each = local.ingress

  security_group_id            = local.groups[each.value.to]
  referenced_security_group_id = local.groups[each.value.from]
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  description                  = each.value.why

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "between" {
  for_each = local.egress

  security_group_id            = local.groups[each.value.from]
  referenced_security_group_id = local.groups[each.value.to]
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  description                  = each.value.why

  tags = { Name = "${var.name}-${each.key}" }
}

# The rules of QuickSight's interfaces keep no state: answers come back to any port.
resource "aws_vpc_security_group_ingress_rule" "quicksight_answers" {
  security_group_id            = aws_security_group.quicksight.id
  referenced_security_group_id = aws_security_group.warehouse.id
  ip_protocol                  = "tcp"
  from_port                    = 1024
  to_port                      = 65535
  description                  = "Answers of the warehouse"

  tags = { Name = "${var.name}-quicksight-answers" }
}

# Gateway endpoints have no group; their addresses are a list that AWS keeps.
resource "aws_vpc_security_group_egress_rule" "gateway" {
  for_each = {
    tasks_s3       = { group = "tasks", list = aws_vpc_endpoint.s3.prefix_list_id }
    tasks_dynamodb = { group = "tasks", list = aws_vpc_endpoint.dynamodb.prefix_list_id }
    warehouse_s3   = { group = "warehouse", list = aws_vpc_endpoint.s3.prefix_list_id }
  }

  security_group_id = local.groups[each.value.group]
  prefix_list_id    = each.value.list
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  description       = "Through the gateway endpoint"

  tags = { Name = "${var.name}-${each.key}" }
}
