using System.Globalization;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Batch;

namespace AirportOps.Cli.Cleaning;

/// <summary>What <c>clean --explain</c> says.</summary>
internal static class ExplainReport
{
    internal static async Task<int> WriteAsync(VerbContext context, IEnumerable<ExplainedRecord> records, string target)
    {
        var found = 0;
        var results = new List<Result>();
        foreach (var record in records)
        {
            found++;
            if (context.Json)
            {
                results.Add(ToResult(record));
            }
            else
            {
                Print(context.Out, record);
            }
        }

        if (context.Json)
        {
            await Result.WriteAsync(context, new Result { ["records"] = results });
        }

        if (found == 0)
        {
            await context.Error.WriteLineAsync($"airportops: no record has the number or the event_id {target}; ids derived from the bytes are told in the column event_id");
        }

        return found > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static Result ToResult(ExplainedRecord record) => new()
    {
        ["file"] = record.File,
        ["record"] = record.Number,
        ["raw"] = Encoding.UTF8.GetString(record.Raw.Span),
        ["events"] = record.Events.Select(ToResult).ToArray(),
    };

    private static Result ToResult(ExplainedEvent explained) => new()
    {
        ["outcome"] = explained.Outcome,
        ["event_id"] = explained.EventId,
        ["field"] = explained.Field,
        ["detail"] = explained.Detail,
        ["repairs"] = explained.Account?.Repairs,
        ["fields"] = explained.Account?.Fields.Select(field => new Result
        {
            ["field"] = field.Field,
            ["key"] = field.Key,
            ["raw"] = field.Raw,
            ["repairs"] = field.Repairs,
            ["value"] = field.Value,
            ["reason"] = field.Reason,
        }),
        ["extras"] = explained.Account?.Extras,
        ["extras_repairs"] = explained.Account?.ExtrasRepairs,
    };

    private static void Print(TextWriter output, ExplainedRecord record)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{record.File}, record {record.Number}, {record.Raw.Length:N0} bytes as it arrived:"));
        output.WriteLine($"  {Encoding.UTF8.GetString(record.Raw.Span)}");
        foreach (var explained in record.Events)
        {
            output.WriteLine();
            output.WriteLine($"→ {explained.Outcome}{(explained.Detail is null ? "" : $": {explained.Detail}")}");
            if (explained.Account is { } account)
            {
                Print(output, account);
            }
        }

        output.WriteLine();
    }

    private static void Print(TextWriter output, EventAccount account)
    {
        var rows = account.Fields
            .Select(field => new[] { field.Field, field.Key, field.Raw, string.Join(", ", field.Repairs), field.Value ?? field.Reason })
            .ToList();
        if (account.Repairs.Count > 0)
        {
            rows.Insert(0, ["(record)", null, null, string.Join(", ", account.Repairs), null]);
        }

        if (account.Extras is not null || account.ExtrasRepairs.Count > 0)
        {
            rows.Add(["extras", null, null, string.Join(", ", account.ExtrasRepairs), account.Extras]);
        }

        TextTable.Write(output, ["field", "key", "as it came", "repairs", "clean, or why not"], rows);
    }
}
