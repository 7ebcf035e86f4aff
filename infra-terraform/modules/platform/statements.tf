# What tasks may do, in pieces that are named for what they allow. A task gets those that its verb needs and no others.

locals {
  key    = module.keys.key_arn
  via    = { for service in ["dynamodb", "kinesis", "s3", "secretsmanager", "sns"] : service => { test = "StringEquals", variable = "kms:ViaService", values = ["${service}.${local.region}.amazonaws.com"] } }
  stream = module.stream.stream_arn

  write_stream = [
    { sid = "WriteStream", actions = ["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:PutRecords"], resources = [local.stream], conditions = [] },
    { sid = "EncryptRecords", actions = ["kms:GenerateDataKey"], resources = [local.key], conditions = [local.via.kinesis] },
  ]

  read_stream = [
    { sid = "ReadStream", actions = ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], resources = [local.stream], conditions = [] },
    { sid = "DecryptRecords", actions = ["kms:Decrypt"], resources = [local.key], conditions = [local.via.kinesis] },
  ]

  share_shards = [
    { sid = "ShareShards", actions = ["dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:Scan", "dynamodb:UpdateItem"], resources = [module.leases.table_arn], conditions = [] },
    { sid = "DecryptLeases", actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"], resources = [local.key], conditions = [local.via.dynamodb] },
  ]

  keep_raw = [
    { sid = "FindRaw", actions = ["s3:ListBucket"], resources = [module.lake.raw_bucket_arn], conditions = [] },
    { sid = "KeepRaw", actions = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources = ["${module.lake.raw_bucket_arn}/bronze/*"], conditions = [] },
    { sid = "EncryptRaw", actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [local.key], conditions = [local.via.s3] },
  ]

  # Silver takes from the raw zone what the stream has dropped.
  read_raw = [
    { sid = "FindRaw", actions = ["s3:ListBucket"], resources = [module.lake.raw_bucket_arn], conditions = [] },
    { sid = "ReadRaw", actions = ["s3:GetObject"], resources = ["${module.lake.raw_bucket_arn}/bronze/*"], conditions = [] },
  ]

  keep_cleaned = [
    { sid = "FindCleaned", actions = ["s3:ListBucket"], resources = [module.lake.cleaned_bucket_arn], conditions = [] },
    {
      sid        = "KeepCleaned"
      actions    = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      resources  = ["${module.lake.cleaned_bucket_arn}/silver/*", "${module.lake.cleaned_bucket_arn}/quarantine/*"]
      conditions = []
    },
    { sid = "EncryptCleaned", actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [local.key], conditions = [local.via.s3] },
  ]

  # The loader reads manifests and Silver, and writes what COPY shall read.
  list_loads = [
    { sid = "FindSilver", actions = ["s3:ListBucket"], resources = [module.lake.cleaned_bucket_arn], conditions = [] },
    { sid = "ReadSilver", actions = ["s3:GetObject"], resources = ["${module.lake.cleaned_bucket_arn}/silver/*"], conditions = [] },
    { sid = "ListLoads", actions = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"], resources = ["${module.lake.cleaned_bucket_arn}/silver/_loads/*"], conditions = [] },
    { sid = "EncryptSilver", actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [local.key], conditions = [local.via.s3] },
  ]

  read_silver = [
    { sid = "FindSilver", actions = ["s3:ListBucket"], resources = [module.lake.cleaned_bucket_arn], conditions = [] },
    { sid = "ReadSilver", actions = ["s3:GetObject"], resources = ["${module.lake.cleaned_bucket_arn}/silver/*"], conditions = [] },
    { sid = "DecryptSilver", actions = ["kms:Decrypt"], resources = [local.key], conditions = [local.via.s3] },
  ]

  alert = [
    { sid = "Alert", actions = ["sns:Publish"], resources = [module.alerts.topic_arn], conditions = [] },
    { sid = "EncryptAlerts", actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [local.key], conditions = [local.via.sns] },
  ]

  # By user of the warehouse. The Data API's follow-up calls have no resource; the condition keeps a task to its own statements.
  secrets = merge(concat([{}], module.secrets[*].secret_arns, [for warehouse in module.warehouse : { airportops_admin = warehouse.admin_secret_arn }])...)
  warehouse = { for user, secret in local.secrets : user => [
    { sid = "AskWarehouse", actions = ["redshift-data:BatchExecuteStatement", "redshift-data:ExecuteStatement"], resources = [module.warehouse[0].workgroup_arn], conditions = [] },
    {
      sid        = "HearItsAnswers"
      actions    = ["redshift-data:CancelStatement", "redshift-data:DescribeStatement", "redshift-data:GetStatementResult"]
      resources  = ["*"]
      conditions = [{ test = "StringEquals", variable = "redshift-data:statement-owner-iam-userid", values = ["$${aws:userid}"] }]
    },
    { sid = "KnowPassword", actions = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources = [secret], conditions = [] },
    { sid = "DecryptPassword", actions = ["kms:Decrypt"], resources = [local.key], conditions = [local.via.secretsmanager] },
  ] }
}
