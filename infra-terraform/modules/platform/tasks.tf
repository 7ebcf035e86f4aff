locals {
  stages = toset(!var.services_enabled ? [] : compact([
    var.bronze.max_tasks > 0 ? "bronze" : "",
    "silver",
    var.warehouse_enabled && local.loads_at_once ? "load" : "",
  ]))
  loads_at_once = var.load_schedule == null

  # Settings of the program, docs/settings/reference.json. A container of ECS knows its region and role by itself.
  settings = {
    AIRPORTOPS_STREAM = "kinesis:${module.stream.stream_name}"
    AWS_REGION        = local.region
    AWS_RETRY_MODE    = "standard"
  }
  of_raw     = { AIRPORTOPS_LAKE = "s3://${module.lake.raw_bucket}" }
  of_cleaned = { AIRPORTOPS_LAKE = "s3://${module.lake.cleaned_bucket}" }
  of_holes   = { AIRPORTOPS_BRONZE__LAKE = "s3://${module.lake.raw_bucket}" }
  of_leases  = { AIRPORTOPS_LEASES__TABLE = module.leases.table_name }
  of_alerts  = { AIRPORTOPS_ALERTS__TOPICARN = module.alerts.topic_arn }
  of_warehouse = { for user, secret in local.secrets : user => {
    AIRPORTOPS_WAREHOUSE          = "redshift://${module.warehouse[0].workgroup_name}/${module.warehouse[0].database}?secret=${secret}"
    AIRPORTOPS_REDSHIFT__COPYROLE = module.warehouse[0].copy_role_arn
  } }
  no_warehouse = { settings = {}, statements = [] }
  as = merge(
    { nobody = local.no_warehouse, airportops_loader = local.no_warehouse, airportops_builder = local.no_warehouse, airportops_admin = local.no_warehouse },
    { for user in keys(local.secrets) : user => { settings = local.of_warehouse[user], statements = local.warehouse[user] } },
  )

  streaming = {
    simulator = {
      command    = ["simulate", "--endless", "--events", "100000", "--rate", tostring(var.simulator.events_per_second), "--mess", tostring(var.simulator.mess)]
      cpu        = var.simulator.cpu, memory = var.simulator.memory, health = true
      settings   = local.settings
      statements = local.write_stream
    }

    bronze = {
      command    = ["bronze"]
      cpu        = var.bronze.cpu, memory = var.bronze.memory, health = true
      settings   = merge(local.settings, local.of_raw, local.of_leases, local.of_alerts)
      statements = concat(local.read_stream, local.share_shards, local.keep_raw, local.alert)
    }

    silver = {
      command    = ["silver", "--no-load"]
      cpu        = var.silver.cpu, memory = var.silver.memory, health = true
      settings   = merge(local.settings, local.of_cleaned, local.of_holes, local.of_leases, local.of_alerts, { AIRPORTOPS_WINDOW__SECONDS = tostring(var.silver.window_seconds) })
      statements = concat(local.read_stream, local.share_shards, local.read_raw, local.keep_cleaned, local.alert)
    }
  }

  # One of them loads, by a lease; while a deployment replaces it, the other stands by.
  following = { for task, definition in {
    loader = {
      command    = ["load", "--follow"]
      cpu        = 256, memory = 1024, health = true
      settings   = merge(local.settings, local.of_cleaned, local.of_leases, local.of_alerts, local.as.airportops_loader.settings)
      statements = concat(local.share_shards, local.list_loads, local.alert, local.as.airportops_loader.statements)
    }
  } : task => definition if var.warehouse_enabled && local.loads_at_once }

  # Those that end by themselves.
  once = { for task, definition in {
    load = {
      command    = ["load"]
      cpu        = 256, memory = 1024, health = false
      settings   = merge(local.settings, local.of_cleaned, local.as.airportops_loader.settings)
      statements = concat(local.list_loads, local.as.airportops_loader.statements)
    }

    gold-build = {
      command    = ["gold", "build"]
      cpu        = 256, memory = 512, health = false
      settings   = merge(local.settings, local.of_cleaned, local.of_alerts, local.as.airportops_builder.settings)
      statements = concat(local.alert, local.as.airportops_builder.statements)
    }

    # One of the tests compares staging with the manifests of the windows.
    gold-test = {
      command    = ["gold", "test"]
      cpu        = 256, memory = 512, health = false
      settings   = merge(local.settings, local.of_cleaned, local.of_alerts, local.as.airportops_builder.settings)
      statements = concat(local.read_silver, local.alert, local.as.airportops_builder.statements)
    }

    migrate = {
      command    = ["migrate", "up"]
      cpu        = 256, memory = 512, health = false
      settings   = merge(local.settings, local.as.airportops_admin.settings)
      statements = local.as.airportops_admin.statements
    }
  } : task => definition if var.warehouse_enabled }

  tasks = merge(local.streaming, local.following, local.once)

  services = { for task, service in {
    simulator = { desired = var.simulator.desired_tasks, scaling = null, wanted = true }
    bronze    = { desired = var.bronze.min_tasks, scaling = var.bronze, wanted = var.bronze.max_tasks > 0 }
    silver    = { desired = var.silver.min_tasks, scaling = var.silver, wanted = true }
    loader    = { desired = 1, scaling = null, wanted = contains(keys(local.following), "loader") }
  } : task => service if var.services_enabled && service.wanted }

  schedules = { for task, schedule in {
    load       = { expression = var.load_schedule, wanted = !local.loads_at_once }
    gold-build = { expression = var.gold_schedule, wanted = true }
    gold-test  = { expression = var.test_schedule, wanted = true }
  } : task => schedule.expression if var.services_enabled && var.warehouse_enabled && schedule.wanted }
}

module "cluster" {
  source = "../cluster"

  name = local.name
}

module "task" {
  source   = "../task"
  for_each = local.tasks

  name           = local.name
  task           = each.key
  command        = each.value.command
  image          = "${module.registry.repository_url}:${var.image_tag}"
  repository_arn = module.registry.repository_arn
  environment    = each.value.settings
  statements     = each.value.statements
  cpu            = each.value.cpu
  memory         = each.value.memory
  health_command = each.value.health ? ["health"] : []
  log_days       = var.log_days
  kms_key_arn    = module.keys.key_arn
}

module "service" {
  source   = "../service"
  for_each = local.services

  name                = local.name
  service             = each.key
  cluster_arn         = module.cluster.cluster_arn
  task_definition_arn = module.task[each.key].task_definition_arn
  subnet_ids          = module.network.subnet_ids
  security_group_id   = module.network.tasks_security_group_id
  desired_tasks       = each.value.desired
  spot                = var.spot

  scaling = each.value.scaling == null ? null : {
    min_tasks = each.value.scaling.min_tasks
    max_tasks = each.value.scaling.max_tasks
    stage     = each.key
    stream    = module.stream.stream_name
  }

  depends_on = [module.cluster]
}

module "schedule" {
  source = "../schedule"
  count  = length(local.schedules) > 0 ? 1 : 0

  name              = local.name
  cluster_arn       = module.cluster.cluster_arn
  subnet_ids        = module.network.subnet_ids
  security_group_id = module.network.tasks_security_group_id
  spot              = var.spot
  kms_key_arn       = module.keys.key_arn

  schedules = { for task, expression in local.schedules : task => {
    expression          = expression
    task_definition_arn = module.task[task].task_definition_arn
    role_arns           = module.task[task].role_arns
  } }
}
