locals {
  questions = jsondecode(file("${path.module}/questions.json"))
  order     = ["Delays", "Airport", "Now", "Data"]
  types     = { for view, columns in local.views : view => { for column in columns : column.name => column.type } }

  # What isn't said of a question, and the kind of what it is by, so that every visual below has the same attributes.
  sheets = [for sheet in local.order : {
    title = sheet
    visuals = [for question in local.questions[sheet] : {
      id      = question.id
      kind    = question.kind
      title   = question.title
      view    = question.view
      by      = try(question.by, "")
      by_type = try(local.types[question.view][question.by], "")
      grain   = try(question.grain, null)
      stacked = try(question.stacked, false)
      values  = try({ for column, function in question.values : column => function }, {})
      columns = try([for column in question.columns : column], [])
    }]
  }]
}

# Written out, without a template or an analysis that somebody would have to make by hand first.
resource "aws_quicksight_dashboard" "this" {
  dashboard_id        = "${var.name}-airport"
  name                = "Airport operations (${var.name})"
  version_description = "The airport's questions ${substr(sha256(jsonencode(local.questions)), 0, 8)}"

  permissions {
    principal = var.principal_arn
    actions = [
      "quicksight:DeleteDashboard", "quicksight:DescribeDashboard", "quicksight:DescribeDashboardPermissions", "quicksight:ListDashboardVersions",
      "quicksight:QueryDashboard", "quicksight:UpdateDashboard", "quicksight:UpdateDashboardPermissions", "quicksight:UpdateDashboardPublishedVersion",
    ]
  }

  definition {
    dynamic "data_set_identifiers_declarations" {
      for_each = local.views

      content {
        identifier   = data_set_identifiers_declarations.key
        data_set_arn = aws_quicksight_data_set.view[data_set_identifiers_declarations.key].arn
      }
    }

    dynamic "sheets" {
      for_each = local.sheets
      iterator = sheet

      content {
        sheet_id = lower(sheet.value.title)
        name     = sheet.value.title
        title    = sheet.value.title

        dynamic "visuals" {
          for_each = sheet.value.visuals
          iterator = visual

          content {

            dynamic "bar_chart_visual" {
              for_each = visual.value.kind == "bar" ? [visual.value] : []

              content {
                visual_id = visual.value.id

                title {
                  format_text {
                    plain_text = visual.value.title
                  }
                }

                chart_configuration {
                  bars_arrangement = visual.value.stacked ? "STACKED" : "CLUSTERED"
                  orientation      = "HORIZONTAL"

                  field_wells {
                    bar_chart_aggregated_field_wells {
                      category {

                        dynamic "categorical_dimension_field" {
                          for_each = visual.value.by_type == "STRING" ? [visual.value.by] : []

                          content {
                            field_id = "${visual.value.id}.${visual.value.by}"

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = visual.value.by
                            }
                          }
                        }

                        dynamic "date_dimension_field" {
                          for_each = visual.value.by_type == "DATETIME" ? [visual.value.by] : []

                          content {
                            field_id         = "${visual.value.id}.${visual.value.by}"
                            date_granularity = visual.value.grain

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = visual.value.by
                            }
                          }
                        }

                        dynamic "numerical_dimension_field" {
                          for_each = visual.value.by_type == "INTEGER" ? [visual.value.by] : []

                          content {
                            field_id = "${visual.value.id}.${visual.value.by}"

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = visual.value.by
                            }
                          }
                        }

                      }

                      dynamic "values" {
                        for_each = visual.value.values

                        content {
                          numerical_measure_field {
                            field_id = "${visual.value.id}.${values.key}"

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = values.key
                            }

                            aggregation_function {
                              simple_numerical_aggregation = values.value
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }

            dynamic "line_chart_visual" {
              for_each = visual.value.kind == "line" ? [visual.value] : []

              content {
                visual_id = visual.value.id

                title {
                  format_text {
                    plain_text = visual.value.title
                  }
                }

                chart_configuration {
                  type = "LINE"

                  field_wells {
                    line_chart_aggregated_field_wells {
                      category {

                        dynamic "categorical_dimension_field" {
                          for_each = visual.value.by_type == "STRING" ? [visual.value.by] : []

                          content {
                            field_id = "${visual.value.id}.${visual.value.by}"

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = visual.value.by
                            }
                          }
                        }

                        dynamic "date_dimension_field" {
                          for_each = visual.value.by_type == "DATETIME" ? [visual.value.by] : []

                          content {
                            field_id         = "${visual.value.id}.${visual.value.by}"
                            date_granularity = visual.value.grain

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = visual.value.by
                            }
                          }
                        }

                        dynamic "numerical_dimension_field" {
                          for_each = visual.value.by_type == "INTEGER" ? [visual.value.by] : []

                          content {
                            field_id = "${visual.value.id}.${visual.value.by}"

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = visual.value.by
                            }
                          }
                        }

                      }

                      dynamic "values" {
                        for_each = visual.value.values

                        content {
                          numerical_measure_field {
                            field_id = "${visual.value.id}.${values.key}"

                            column {
                              data_set_identifier = visual.value.view
                              column_name         = values.key
                            }

                            aggregation_function {
                              simple_numerical_aggregation = values.value
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }

            dynamic "table_visual" {
              for_each = visual.value.kind == "table" ? [visual.value] : []

              content {
                visual_id = visual.value.id

                title {
                  format_text {
                    plain_text = visual.value.title
                  }
                }

                chart_configuration {
                  field_wells {
                    table_unaggregated_field_wells {
                      dynamic "values" {
                        for_each = visual.value.columns

                        content {
                          field_id = "${visual.value.id}.${values.value}"

                          column {
                            data_set_identifier = visual.value.view
                            column_name         = values.value
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

